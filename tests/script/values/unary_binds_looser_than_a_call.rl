print(-4.abs(), !"".length(), - - 3, !!5, -(4).abs()) // expect: -4 true 3 true -4

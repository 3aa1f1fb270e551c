print(args()) // expect: []

print(dispatch 1 { 1: "first", 1: "second" }) // expect: first

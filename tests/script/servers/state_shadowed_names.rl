// A local of a handler and a field of the state are different things.
server s { state { n: number = 1 } receive fn f() { set n = 5
  [n, state.n] } }
print(message("s", "f")) // expect: [5, 1]

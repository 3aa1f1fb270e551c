server s { state { n: number = 0 } receive fn f() { try { state.set("n", 5)
    throw "x" } catch e { nil }
  state.n } receive fn n() { state.n } }
print(message("s", "f"), message("s", "n")) // expect: 5 5

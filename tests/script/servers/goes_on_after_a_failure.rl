server s { state { n: number = 0 } receive fn f(n: number) { state.set("n", state.n + 1)
  1 / n
  state.n } }
print(try { message("s", "f", 0) } catch e { e.kind }, message("s", "f", 1)) // expect: arithmetic 1

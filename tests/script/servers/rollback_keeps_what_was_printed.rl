server s { state { n: number = 0 } receive fn f() { state.set("n", 1)
  print("printed")
  throw "failed" } receive fn n() { state.n } }
print(try { message("s", "f") } catch e { e }, message("s", "n"))
// expect: printed
// expect: failed 0

// A rollback takes back nothing that left the server.
server log { state { n: number = 0 } receive fn add() { state.set("n", state.n + 1) } receive fn n() { state.n } }
server s { state { a: number = 0 } receive fn f() { state.set("a", 1)
  message("log", "add")
  print("printed")
  throw "no" } receive fn a() { state.a } }
print(try { message("s", "f") } catch e { e })
// expect: printed
// expect: no
print(message("s", "a"), message("log", "n")) // expect: 0 1

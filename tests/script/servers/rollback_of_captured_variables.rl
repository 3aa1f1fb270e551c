fn make_counter() { set n = 0
  fn () { set n = n + 1
    n } }
set tick = make_counter()
server s { receive fn bump(fail: bool) { set n = tick()
  if fail { throw "no" }
  n } }
print(message("s", "bump", false)) // expect: 1
print(try { message("s", "bump", true) } catch e { e }) // expect: no
print(message("s", "bump", false)) // expect: 2

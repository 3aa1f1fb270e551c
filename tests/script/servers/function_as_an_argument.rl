// A function sent to another server takes its captured variables along by copy.
fn make_counter() { set n = 0
  fn () { set n = n + 1
    n } }
set c = make_counter()
server runner { receive fn twice(f: function) { f()
  f() } }
print(message("runner", "twice", c), message("runner", "twice", c), c()) // expect: 2 2 1

// A closure among the program's variables is the server's own copy, until that variable is set anew.
fn make_counter() { set n = 0
  fn () { set n = n + 1
    n } }
set tick = make_counter()
server one { receive fn go() { tick() } }
server two { receive fn go() { tick() } }
print(message("one", "go"), message("one", "go"), message("two", "go"), tick()) // expect: 1 2 1 1
set tick = make_counter()
print(message("one", "go"), message("two", "go")) // expect: 1 1

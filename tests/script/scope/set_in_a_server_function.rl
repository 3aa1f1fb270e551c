// A set in a server's function is local to it, also when the program has the name.
set total = 10
server s {
  receive fn go() { set total = 5
    helper() + total }
  fn helper() { total }
}
print(message("s", "go"), total) // expect: 15 10

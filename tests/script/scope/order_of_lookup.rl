// Locals, enclosing functions, the server's functions, the program, builtins.
fn name() { "program" }
fn len(x) { "program's len" }
server s {
  fn name() { "server" }
  receive fn own() { name() }
  receive fn local() { set name = fn () { "local" }
    name() }
  receive fn enclosing() { set name = fn () { "enclosing" }
    [1].map(fn (x) { name() }).first() }
  receive fn builtin() { [len([1]), type(1)] }
}
print(message("s", "own"), message("s", "local"), message("s", "enclosing"), message("s", "builtin")) // expect: server local enclosing ["program's len", "number"]
print(name()) // expect: program

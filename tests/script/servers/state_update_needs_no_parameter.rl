server s {
  state { n: number = 1 }
  receive fn go() { [state.update("n", fn () { 7 }), state.n, try { state.update("n", fn (old) { "x" }) } catch e { e.error }, state.n] }
}
print(message("s", "go")) // expect: [7, 7, "state field 'n' of server 's' must be number, got string", 7]

// A lambda of the server may use state and the server's functions, as long as it stays.
server s {
  state { n: number = 2 }
  receive fn go(list: [number]) { list.map(fn (x) { scale(x) + state.n }) }
  fn scale(x) { x * state.n }
  receive fn leak() { fn (x) { state.n } }
}
print(message("s", "go", [1, 2])) // expect: [4, 6]
print(try { message("s", "leak") } catch e { e.kind }) // expect: argument

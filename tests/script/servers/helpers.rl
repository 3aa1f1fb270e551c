// Helpers are private; receive functions and helpers call each other as plain functions.
server s {
  state { n: number = 0 }
  receive fn twice(x: number) { helper(x) + once(x) }
  receive fn once(x: number) { state.set("n", state.n + 1)
    x }
  receive fn count() { state.n }
  fn helper(x) { once(x) + 0 }
}
print(message("s", "twice", 4), message("s", "count")) // expect: 8 2
print(try { message("s", "helper", 4) } catch e { e.kind + "|" + e.error }) // expect: method_not_found|method 'helper' not found on server 's'
print(try { helper(1) } catch e { e.error }) // expect: undefined function: helper

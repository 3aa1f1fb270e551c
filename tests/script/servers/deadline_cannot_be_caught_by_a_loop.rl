// Being stopped by a deadline cannot be caught, whatever the handler tries.
server s {
  state { n: number = 0 }
  receive fn stubborn() {
    while true { try { while true { state.set("n", state.n + 1) } } catch e { state.set("n", -1) } }
  }
  receive fn n() { state.n }
}
print(try { send "s" stubborn {} within 0.1 } catch e { e.kind }, message("s", "n")) // expect: timeout 0

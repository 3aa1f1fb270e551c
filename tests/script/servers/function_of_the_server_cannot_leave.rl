server s {
  state { n: number = 1 }
  receive fn uses_state() { fn () { state.n } }
  receive fn uses_helper() { fn () { helper() } }
  fn helper() { 1 }
}
print(try { message("s", "uses_state")
  "left" } catch e { "refused" }) // expect: refused
print(try { message("s", "uses_helper")
  "left" } catch e { "refused" }) // expect: refused

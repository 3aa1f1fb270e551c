server s {
  state { a: number = 1 }
  receive fn write() { state.set("b", 2) }
  receive fn read() { state.get("b") }
  receive fn dot() { state.b }
}
fn said(m) { try { message("s", m) } catch e { e.error } }
print(said("write")) // expect: server 's' has no state field 'b'
print(said("read")) // expect: server 's' has no state field 'b'
print(said("dot")) // expect: server 's' has no state field 'b'

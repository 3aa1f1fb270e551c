// Left to right: callee, arguments, operands, fields.
set seen = []
fn note(x) { print(x)
  x }
note(1) + note(2) * note(3)
// expect: 1
// expect: 2
// expect: 3
set o = {b: note("b"), a: note("a")}
// expect: b
// expect: a
fn pick(n) { note(n)
  fn (a, b) { a } }
pick("callee")(note("first"), note("second"))
// expect: callee
// expect: first
// expect: second

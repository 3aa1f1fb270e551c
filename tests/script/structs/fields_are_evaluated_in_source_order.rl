struct P { a: number, b: number }
fn say(x) { print(x)
  x }
print(P{b: say(2), a: say(1)})
// expect: 2
// expect: 1
// expect: P{a: 1, b: 2}

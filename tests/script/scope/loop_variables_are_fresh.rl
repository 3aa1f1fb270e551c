// Each iteration has a fresh variable; the last stays readable.
set fs = []
for i in range(3) { set fs = fs.push(fn () { i }) }
print(fs.map(fn (f) { f() }), i) // expect: [0, 1, 2] 2
fn last() { for k, v in {a: 1, b: 2} { nil }
  k + string(v) }
print(last()) // expect: b2

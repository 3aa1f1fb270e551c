// Functions are values: stored, passed, returned, called where they stand.
fn compose(f, g) { fn (x) { f(g(x)) } }
fn square(x) { x * x }
set ops = {double: fn (x) { x * 2 }, list: [square]}
print(compose(square, fn (x) { x + 1 })(3)) // expect: 16
print(ops.double(5), ops.list.get(0)(4), ops.list[0](3), ops["double"](1)) // expect: 10 16 9 2
print((fn (a, b) { a - b })(5, 3)) // expect: 2

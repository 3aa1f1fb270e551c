for x in [1, "b"] { print(x) }
// expect: 1
// expect: b
for i, x in ["a", "b"] { print(i, x) }
// expect: 0 a
// expect: 1 b
print(for x in [] { x }) // expect: nil

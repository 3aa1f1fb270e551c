// One variable takes an object's keys, two take keys and values.
for k in {a: 1, b: 2} { print(k) }
// expect: a
// expect: b
for k, v in {a: 1} { print(k, v) } // expect: a 1
for i, c in "hé" { print(i, c) }
// expect: 0 h
// expect: 1 é
for i, n in range(5, 7) { print(i, n) }
// expect: 0 5
// expect: 1 6

for k in {x: 1, y: 2} { print(k) }
// expect: x
// expect: y
for k, v in {x: 1, y: 2} { print(k, v) }
// expect: x 1
// expect: y 2

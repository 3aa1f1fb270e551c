print([1, 2].each(fn (x, i) { print(i, x) }))
// expect: 0 1
// expect: 1 2
// expect: nil

print(["a", "b"].map(fn (x, i) { x + string(i) }), [5, 6].filter(fn (x, i) { i == 1 })) // expect: ["a0", "b1"] [6]
print([1, 2, 3].reduce(fn (acc, x, i) { acc + x * i }, 0), [1, 2].find_index(fn (x, i) { i == 1 })) // expect: 8 1
print([1, 2].map(fn () { "x" })) // expect: ["x", "x"]

print([1, 2, 3].reduce(fn (sum, x) { sum + x }), [1, 2].reduce(fn (sum, x) { sum + x }, 10), [7].reduce(fn (a, b) { 0 })) // expect: 6 13 7
print(["a", "b"].reduce(fn (all, x, i) { all + string(i) + x }, ""), [].reduce(fn (a, b) { 0 }, "init")) // expect: 0a1b init

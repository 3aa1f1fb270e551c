set a = [3, 1, 2]
print(a.map(fn (x) { x * 2 }), a.map(fn (x, i) { [i, x] })) // expect: [6, 2, 4] [[0, 3], [1, 1], [2, 2]]
print(a.filter(fn (x) { x > 1 }), a.filter(fn (x, i) { i == 0 }), [].map(fn (x) { x })) // expect: [3, 2] [3] []

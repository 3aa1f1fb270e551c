print([5, 6].map(fn () { 0 }), [5, 6].map(fn (x) { x }), [5, 6].map(fn (x, i) { i })) // expect: [0, 0] [5, 6] [0, 1]

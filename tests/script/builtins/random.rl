set draws = range(200).map(fn (x) { random(1, 3) })
print(draws.min(), draws.max(), draws.all(fn (x) { x.is_integer() }), random(4, 4)) // expect: 1 3 true 4
print(range(100).map(fn (x) { random() }).all(fn (x) { x >= 0 && x < 1 })) // expect: true

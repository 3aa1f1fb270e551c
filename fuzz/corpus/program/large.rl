// Growing, changing and reading a large array.
set a = []
for i in range(100000) { set a = a.push(i) }
set b = a.set(50000, "x")
print(a.length(), a.get(50000), b.get(50000), a.sum(), b.slice(99998)) // expect: 100000 50000 x 4999950000 [99998, 99999]
print(a.map(fn (x) { x + 1 }).filter(fn (x) { x % 50000 == 0 }), a.reverse().first()) // expect: [50000, 100000] 99999

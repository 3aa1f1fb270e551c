set r = range(2000).map(fn (i) { random(1, 3) })
print(r.min(), r.max(), r.unique().length(), r.all(fn (n) { n.is_integer() })) // expect: 1 3 3 true
set f = range(1000).map(fn (i) { random() })
print(f.min() >= 0, f.max() < 1, f.unique().length() > 900) // expect: true true true

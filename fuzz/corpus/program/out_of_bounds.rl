fn said(f) { try { f() } catch e { e.error } }
print(said(fn () { [1, 2, 3].get(5) })) // expect: array index out of bounds: index 5, length 3
print(said(fn () { [1, 2, 3].get(-1) })) // expect: array index out of bounds: index -1, length 3
print(said(fn () { [].get(0) })) // expect: array index out of bounds: index 0, length 0
print(said(fn () { [1].set(1, 2) })) // expect: array index out of bounds: index 1, length 1
print(said(fn () { [1].remove_at(1) })) // expect: array index out of bounds: index 1, length 1
print(said(fn () { [1].insert(2, 0) })) // expect: array index out of bounds: index 2, length 1

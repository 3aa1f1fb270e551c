set a = [1, "b", nil, {k: 1}]
print(a.includes("b"), a.contains({k: 1}), a.includes(2), a.contains(nil)) // expect: true true false true
print(a.index_of("b"), a.index_of({k: 1}), a.index_of(9)) // expect: 1 3 -1
print(a.find(fn (x) { x == "b" }), a.find(fn (x) { x == 9 }), a.find_index(fn (x) { x == nil }), a.find_index(fn (x) { x == 9 })) // expect: b nil 2 -1

// Stable: equal keys keep their order.
set people = [{n: "a", k: 2}, {n: "b", k: 1}, {n: "c", k: 2}, {n: "d", k: 1}]
print(people.sort_by(fn (p) { p.k }).map(fn (p) { p.n }), [1, 2, 3].sort_by(fn (x) { -x })) // expect: ["b", "d", "a", "c"] [3, 2, 1]

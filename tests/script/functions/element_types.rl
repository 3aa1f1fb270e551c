// [T] and {string: T} look into the collection.
fn takes(f, v) { try { f(v)
  true } catch e { false } }
set numbers = fn (v: [number]) { 1 }
print(takes(numbers, []), takes(numbers, [1, 2]), takes(numbers, [1, "x"]), takes(numbers, [nil])) // expect: true true false false
set nested = fn (v: [[string]]) { 1 }
print(takes(nested, [["a"], []]), takes(nested, [["a", 1]])) // expect: true false
set map = fn (v: {string: number}) { 1 }
print(takes(map, {}), takes(map, {a: 1}), takes(map, {a: 1, b: "x"}), takes(map, [1])) // expect: true true false false
set maybe = fn (v: [optional(number)]) { 1 }
print(takes(maybe, [1, nil]), takes(maybe, ["x"])) // expect: true false

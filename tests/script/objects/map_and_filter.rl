// Callbacks get the value and the key.
set o = {a: 1, b: 2}
print(o.map(fn (v) { v * 2 }), o.map(fn (v, k) { k + string(v) }), o.filter(fn (v) { v > 1 }), o.filter(fn (v, k) { k == "a" })) // expect: {a: 2, b: 4} {a: "a1", b: "b2"} {b: 2} {a: 1}

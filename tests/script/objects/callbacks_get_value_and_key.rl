print({a: 1, b: 2}.map(fn (v, k) { k + string(v) }), {a: 1, b: 2}.filter(fn (v) { v > 1 })) // expect: {a: "a1", b: "b2"} {b: 2}

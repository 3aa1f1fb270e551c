print([1, 2].any(fn (x) { x > 1 }), [1, 2].all(fn (x) { x > 1 }), [].any(fn (x) { true }), [].all(fn (x) { false })) // expect: true false false true

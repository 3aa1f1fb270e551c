print(object([["a", 1], ["b", [2]]]), object([])) // expect: {a: 1, b: [2]} {}

struct P { a: number }
print([string(1), string("x"), string(nil), string([1, "a"]), string(P{a: 1}), string(2024-01-01)]) // expect: ["1", "x", "nil", "[1, \"a\"]", "P{a: 1}", "2024-01-01T00:00:00Z"]

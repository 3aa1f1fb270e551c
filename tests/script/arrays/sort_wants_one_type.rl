print(try { [1, "a"].sort() } catch e { e.kind }, [2024-01-02, 2024-01-01].sort().map(fn (d) { d.day() }), [].sort()) // expect: type [1, 2] []
print(["b", "a"].sort_by(fn (x) { x }), try { [1, 2].sort_by(fn (x) { if x == 1 { "s" } else { 1 } }) } catch e { e.kind }) // expect: ["a", "b"] type

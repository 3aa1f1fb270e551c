print([3, 1, 2].sort(), ["b", "é", "a", "B"].sort(), [].sort()) // expect: [1, 2, 3] ["B", "a", "b", "é"] []
print([2024-02-01, 2024-01-01].sort()) // expect: [2024-01-01T00:00:00Z, 2024-02-01T00:00:00Z]
print(try { [1, "a"].sort() } catch e { "refused" }, try { [{}, {}].sort() } catch e { "refused" }) // expect: refused refused

print(object([["a", 1], ["b", 2]]), object([])) // expect: {a: 1, b: 2} {}
print(try { object([["a"]]) } catch e { "refused" }, try { object([[1, 2]]) } catch e { "refused" }, try { object(3) } catch e { "refused" }) // expect: refused refused refused

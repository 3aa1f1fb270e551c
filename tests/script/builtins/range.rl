print(range(3), range(2, 4), range(0), range(5, 0, -2), range(0, 1, 0.5), range(3, 1)) // expect: [0, 1, 2] [2, 3] [] [5, 3, 1] [0, 0.5] []
print(try { range(0, 5, 0) } catch e { "refused" }, try { range(100000000) } catch e { "refused" }) // expect: refused refused

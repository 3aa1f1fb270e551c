// slice clamps; a negative bound is an error.
set a = [1, 2, 3, 4]
print(a.slice(1), a.slice(1, 3), a.slice(2, 99), a.slice(9), a.slice(3, 1), a.slice(0, 0)) // expect: [2, 3, 4] [2, 3] [3, 4] [] [] []
print(try { a.slice(-1) } catch e { "refused" }) // expect: refused

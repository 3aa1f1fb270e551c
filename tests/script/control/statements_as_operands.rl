// if, for, while, try, dispatch and fn are operands where a value is due.
set x = 1 + if true { 2 } else { 3 }
set y = [try { throw 1 } catch e { e }, dispatch 1 { 1: "d" }, for z in [] {}, fn () { 9 }()]
print(x, y) // expect: 3 [1, "d", nil, 9]

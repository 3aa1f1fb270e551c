// Where a value is due they are operands like others.
set n = 5
print(1 + if n > 3 { 10 } else { 20 }, (if n > 3 { [1, 2] } else { [] }).length()) // expect: 11 2
set f = fn (x) { x + 1 }(4)
print(f, [try { throw 1 } catch e { e }, dispatch 2 { 2: "two" }]) // expect: 5 [1, "two"]

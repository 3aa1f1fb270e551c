// At the start of a statement `if` and its like end at their brace: what follows is an expression of its own.
set seen = []
if true { set seen = seen.push(1) }
[2].each(fn (x) { print("own", x) }) // expect: own 2
print(seen) // expect: [1]

set x = 5
print(try { x() } catch e { e.kind }) // expect: type

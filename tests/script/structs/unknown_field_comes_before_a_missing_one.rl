struct P { a: number, b: number }
print(try { P{c: 1} } catch e { e.error }) // expect: struct P has no field 'c'

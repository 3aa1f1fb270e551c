struct P { a: number }
print(try { P{a: 1}.get("b") } catch e { e.error }) // expect: struct P has no field 'b'
print(try { P{a: 1}.b } catch e { e.error }) // expect: struct P has no field 'b'

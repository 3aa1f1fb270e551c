print(number("12.5"), number(3), number(true)) // expect: 12.5 3 1
print(try { number("x") } catch e { e.kind }, try { number([]) } catch e { e.kind }) // expect: value type

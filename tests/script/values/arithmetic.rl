// - * / % and unary minus take numbers.
print(7 - 2, 3 * 4, 7 / 2, 7 % 4, -(3), - -3, 5.5 % 2) // expect: 5 12 3.5 3 -3 3 1.5
print(try { "a" - "b" } catch e { e.kind }, try { -"a" } catch e { e.kind }, try { [1] * 2 } catch e { e.kind }) // expect: type type type

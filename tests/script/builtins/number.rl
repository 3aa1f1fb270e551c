print(number("7") + 1, number(3), number("1e3")) // expect: 8 3 1000
print(try { number("x") } catch e { "refused" }, try { number("") } catch e { "refused" }) // expect: refused refused

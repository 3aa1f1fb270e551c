set x = 5
print(try { x()
  "called" } catch e { "refused" }) // expect: refused

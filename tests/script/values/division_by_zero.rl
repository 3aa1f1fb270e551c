// Division and remainder by zero are errors.
print(try { 1 / 0 } catch e { e.error + "|" + e.kind }) // expect: division by zero|arithmetic
print(try { 1 % 0 } catch e { e.error + "|" + e.kind }) // expect: division by zero|arithmetic

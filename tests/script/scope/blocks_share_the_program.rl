// At top level they share the scope of the program.
if true { set a = 1 }
for i in [1] { set b = i }
set c = { set d = 4
  d + 1 }
print(a, b, c, d) // expect: 1 1 5 4

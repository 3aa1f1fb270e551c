set f = fn named(x) { x + 1 }
print(f(1), f) // expect: 2 <function: named>

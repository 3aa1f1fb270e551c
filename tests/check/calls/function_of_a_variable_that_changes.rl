set f = fn (n) { n * 2 }
if args().length() == 0 { set f = fn (a, b) { a + b } }
print(f(1, 2))

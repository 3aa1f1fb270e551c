// A line that begins with - is an expression of its own.
set a = 10
-5
print(a) // expect: 10

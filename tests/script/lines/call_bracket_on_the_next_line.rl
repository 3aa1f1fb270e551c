// A `(` on the next line begins an expression of its own.
set f = fn () { "called" }
set g = f
(1 + 1)
print(g == f) // expect: true
// expect warning: nobody uses the value of this line

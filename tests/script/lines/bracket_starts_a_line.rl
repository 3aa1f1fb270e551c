// Lines that begin with (, [ or { are expressions of their own.
fn f(x) { x }
set a = f
(3)
set b = [1, 2]
[0]
set c = b
{ 5 }
print(a == f, b, c) // expect: true [1, 2] [1, 2]

struct A { x: number }
struct B { x: number }
fn f(a: A) { a.x }
print(f(A{x: 1}), f(B{x: 1})) // error 21: function 'f': parameter 'a' must be A, got B

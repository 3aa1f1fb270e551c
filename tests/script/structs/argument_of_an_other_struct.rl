struct A { x: number }
struct B { x: number }
fn f(a: A) { a.x }
print(f(A{x: 1}), try { f(B{x: 1}) } catch e { e.error }) // expect: 1 function 'f': parameter 'a' must be A, got B
print(A{x: 1} == B{x: 1}, A(B{x: 2}.to_object())) // expect: false A{x: 2}

// Structs are equal when type and fields are; never to an object.
struct A { x: number }
struct B { x: number }
print(A{x: 1} == A{x: 1}, A{x: 1} == A{x: 2}, A{x: 1} == B{x: 1}, A{x: 1} == {x: 1}) // expect: true false false false

// A trailing comma is allowed in every list.
struct P { a: number, b: number, }
fn f(a, b,) { [a, b,] }
print(f(1, 2,), {x: 1,}, P{a: 1, b: 2,}) // expect: [1, 2] {x: 1} P{a: 1, b: 2}
print(dispatch 1 { 1: "one", :default: "other", }) // expect: one

// It is a warning with the nearest name, and then means any.
struct Person { name: string }
fn f(p: Persn) { p }
print(f(1)) // expect: 1
// expect warning: Persn
// expect warning: Person
// expect warning: unknown_type_name.rl:3:9

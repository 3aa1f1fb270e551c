// The name of a struct stands before braces or parentheses only.
struct User { name: string }
print(try { User } catch e { e.error }) // expect: undefined variable: User
set u = User
// expect error: undefined variable: User
// expect error: a struct is no value; `User{...}` makes one

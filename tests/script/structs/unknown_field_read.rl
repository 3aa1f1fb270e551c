struct User { name: string }
print(try { User{name: "x"}.get("age") } catch e { e.error }) // expect: struct User has no field 'age'
User{name: "x"}.age
// expect error: struct User has no field 'age'

struct User { name: string, age: optional(number) }
print(User({name: "x"}), User({age: 3, name: "y"})) // expect: User{name: "x", age: nil} User{name: "y", age: 3}
print(try { User({nam: "x"}) } catch e { e.error }) // expect: struct User has no field 'nam'
print(try { User({}) } catch e { e.error }) // expect: missing required field 'name' for struct User

struct User { name: string, age: number, bio: optional(string) }
print(User({name: "Ann", age: "3"})) // error 31: field 'age' of struct User must be number, got string
print(User({name: "Ann"})) // error 7: missing required field 'age' for struct User
print(User({nam: "Ann"})) // error 13: struct User has no field 'nam' // hint: did you mean `name`?
print(User({name: "Ann", age: 3}).merge({age: [4]})) // error 47: field 'age' of struct User must be number, got array
fn make(o) { User(o) }
print(make({}))

// set and merge give a new instance, checked like the first.
struct User { name: string, age: number }
set u = User{name: "Ann", age: 1}
print(u.set("age", 2), u.merge({name: "Bob", age: 3}), u) // expect: User{name: "Ann", age: 2} User{name: "Bob", age: 3} User{name: "Ann", age: 1}
print(try { u.set("age", "x") } catch e { e.error }) // expect: field 'age' of struct User must be number, got string
print(try { u.set("agee", 1) } catch e { e.error }) // expect: struct User has no field 'agee'
print(try { u.merge({agee: 1}) } catch e { e.error }) // expect: struct User has no field 'agee'

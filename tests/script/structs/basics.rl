struct User { name: string, age: number, bio: optional(string) }
set u = User{age: 30, name: "John"}
print(u, u.name, u.get("age"), u.bio, type(u)) // expect: User{name: "John", age: 30, bio: nil} John 30 nil User

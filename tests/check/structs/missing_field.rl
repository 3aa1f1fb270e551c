struct User { name: string, age: number, bio: optional(string) }
print(User{name: "Ann"}) // error 7: missing required field 'age' for struct User

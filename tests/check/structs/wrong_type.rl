struct User { name: string, tags: [string] }
print(User{name: 5, tags: []}) // error 18: field 'name' of struct User must be string, got number

struct User { tags: [string] }
print(User{tags: ["a", 5]}) // error 18: field 'tags' of struct User must be [string], got array

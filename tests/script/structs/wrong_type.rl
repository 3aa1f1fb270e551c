struct User { name: string, tags: [string] }
print(try { User{name: 5, tags: []} } catch e { e.error }) // expect: field 'name' of struct User must be string, got number
print(try { User{name: nil, tags: []} } catch e { e.error }) // expect: field 'name' of struct User must be string, got nil
User{name: "x", tags: ["a", 1]}
// expect error: field 'tags' of struct User must be [string]

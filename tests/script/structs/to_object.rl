struct User { name: string, tags: [string] }
print(User{tags: ["a"], name: "x"}.to_object()) // expect: {name: "x", tags: ["a"]}

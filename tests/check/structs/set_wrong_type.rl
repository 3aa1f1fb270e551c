struct User { age: number }
print(User{age: 1}.set("age", "2")) // error 31: field 'age' of struct User must be number, got string

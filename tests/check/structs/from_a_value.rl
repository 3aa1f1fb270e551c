struct User { name: string }
print(User({name: "Ann"}), User(5)) // error 28: struct 'User' is made from an object, got number

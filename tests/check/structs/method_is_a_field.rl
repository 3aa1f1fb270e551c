struct User { name: string }
print(User{name: "Ann"}.name()) // error 25: method 'name' not supported for User // hint: it is a field: `.name` reads it

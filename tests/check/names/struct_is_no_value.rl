struct User { name: string }
print(User) // error 7: undefined variable: User // hint: a struct is no value; `User{...}` makes one

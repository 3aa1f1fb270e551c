struct User { name: string }
print(User{nmae: "Ann"}) // error 12: struct User has no field 'nmae' // hint: did you mean `name`?

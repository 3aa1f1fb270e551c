struct User { name: string }
set user = User{name: "Ann"}
print(user.nam) // error 12: struct User has no field 'nam' // hint: did you mean `name`?

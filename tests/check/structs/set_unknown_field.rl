struct User { age: number }
print(User{age: 1}.set("agee", 2)) // error 25: struct User has no field 'agee' // hint: did you mean `age`?

struct User { age: number }
print(User{age: 1}.merge({aeg: 2})) // error 27: struct User has no field 'aeg' // hint: did you mean `age`?

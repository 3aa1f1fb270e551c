struct User { name: string }
print(Usr{name: "Ann"}, User{name: "Bob"}) // error 7: undefined struct type: Usr // hint: did you mean `User`?

set name = "Ann"
print(`hello ${nme}`, name) // error 16: undefined variable: nme // hint: did you mean `name`?

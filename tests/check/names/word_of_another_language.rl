print(null) // error 7: undefined variable: null // hint: did you mean `nil`?

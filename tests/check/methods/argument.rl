print("ab".repeat("2")) // error 19: method 'repeat' of string: argument 1 must be number, got string

print(nil + 1) // error 11: cannot add nil and number

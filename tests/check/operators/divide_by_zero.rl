print(1 / 0) // error 7: division by zero

print(x) // error 7: undefined variable: x
set x = 1

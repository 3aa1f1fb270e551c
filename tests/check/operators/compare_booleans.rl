print(true > false) // error 12: cannot compare bool and bool

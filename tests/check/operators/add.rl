print("count: " + 5) // error 17: cannot add string and number

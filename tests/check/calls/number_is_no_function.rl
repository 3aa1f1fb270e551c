set n = 5
n(1) // error 1: cannot call number

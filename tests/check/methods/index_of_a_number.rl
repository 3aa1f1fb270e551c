set n = 5
print(n[0]) // error 7: cannot index number

set n = 5
print(n.size) // error 9: cannot read field 'size' of number

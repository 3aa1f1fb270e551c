set counter = 1
print(countr, counter) // error 7: undefined variable: countr // hint: did you mean `counter`?

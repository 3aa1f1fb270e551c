set counter = 1
print(countr)
// expect error: undefined variable: countr
// expect error: did you mean `counter`?

set 5 = 1 // error 5: expected a name for a variable, found `5`
print(undefined_name)

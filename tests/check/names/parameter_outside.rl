fn f(secret) { secret }
f(1)
print(secret) // error 7: undefined variable: secret

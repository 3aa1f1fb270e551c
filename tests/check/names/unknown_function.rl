fn increment(n) { n + 1 }
print(incremnt(1)) // error 7: undefined function: incremnt // hint: did you mean `increment`?

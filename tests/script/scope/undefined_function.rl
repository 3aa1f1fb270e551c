fn increment(x) { x + 1 }
incremnt(1)
// expect error: undefined function: incremnt
// expect error: did you mean `increment`?

// The last value wins.
print({a: 1, b: 2, a: 3}.a) // expect: 3

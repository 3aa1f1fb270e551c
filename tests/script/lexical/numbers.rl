// The forms of a number.
print(0, 42, 3.14, .5, 1e3, 1E3, 2e+2, 25e-1, 1.5e1) // expect: 0 42 3.14 0.5 1000 1000 200 2.5 15

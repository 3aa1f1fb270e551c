// The remainder has the sign of the dividend.
print(7 % 3, -7 % 3, 7 % -3, 5.5 % 2, -1 % 1) // expect: 1 -1 1 1.5 0

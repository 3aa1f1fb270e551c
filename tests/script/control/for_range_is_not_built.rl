// A range in a for is not built, so it may be longer than an array could be.
for n in range(100000000000) { if n == 3 { break } }
print(n) // expect: 3

set total = 0
for n in range(1, 10, 3) { set total = total + n }
print(total) // expect: 12
for i, n in range(5, 3, -1) { print(i, n) }
// expect: 0 5
// expect: 1 4
for n in range(0) { print("never") }

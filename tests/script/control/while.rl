set n = 0
while n < 3 { set n = n + 1 }
print(n, while false { 1 }) // expect: 3 nil

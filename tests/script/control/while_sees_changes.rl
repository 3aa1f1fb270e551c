set n = 3
set r = []
while n { set r = r.push(n); set n = n - 1 }
print(r) // expect: [3, 2, 1]

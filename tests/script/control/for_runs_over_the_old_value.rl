set a = [1, 2]
for x in a { set a = a.push(x) }
print(a) // expect: [1, 2, 1, 2]

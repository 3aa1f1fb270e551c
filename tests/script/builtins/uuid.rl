set a = uuid()
print(a.length(), a == uuid(), a.split("-").map(fn (part) { part.length() })) // expect: 36 false [8, 4, 4, 4, 12]

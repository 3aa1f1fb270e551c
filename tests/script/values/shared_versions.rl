// Versions of one large value live side by side.
set a = range(5000)
set versions = []
for i in range(200) { set versions = versions.push(a.set(i, -1)) }
print(versions.get(0).slice(0, 3), versions.get(199).slice(198, 201), a.slice(0, 2)) // expect: [-1, 1, 2] [198, -1, 200] [0, 1]

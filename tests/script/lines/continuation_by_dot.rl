// A line that begins with a dot and a name goes on with the one before.
set a = [1, 2, 3]
  .map(fn (x) { x * 2 })

  // a comment between
  .filter(fn (x) { x > 2 })
print(a) // expect: [4, 6]

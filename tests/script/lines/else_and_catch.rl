// `else` and `catch` may stand on the next line.
if false { print("no") }
else if false { print("no") }
else { print("else") }
// expect: else
print(try { throw 1 }
catch e { e + 1 }) // expect: 2

// A block gives its last value; an object is told from it by a key and a colon.
set a = { 1; 2 }
set b = {}
set c = { a: 2 }
print(a, b, c) // expect: 2 {} {a: 2}

// send takes an object, or a value in parentheses that is one.
server s { receive fn add(a: number, b: number) { a + b } }
set params = {b: 2, a: 1}
print(send "s" add {a: 1, b: 2}, send "s" add (params), send "s" add {b: 5, a: 1,}) // expect: 3 3 6

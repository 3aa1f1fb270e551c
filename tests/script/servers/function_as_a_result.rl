// A function comes back as a value; each side has its own copy of what it captured.
server s { receive fn adder(n: number) { fn (x) { x + n } } }
set add = message("s", "adder", 5)
print(add(1), type(add)) // expect: 6 function

server s { receive fn f() { later } }
print(try { message("s", "f") } catch e { e.error }) // expect: undefined variable: later
set later = 1
print(message("s", "f")) // expect: 1

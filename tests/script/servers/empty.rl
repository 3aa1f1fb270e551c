server s { }
print(s, try { message("s", "x") } catch e { e.error }) // expect: <server: s> method 'x' not found on server 's'

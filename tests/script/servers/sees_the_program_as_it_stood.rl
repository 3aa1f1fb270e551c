// A handler sees the program's variables as they stood when top-level code last sent.
set x = 1
server s { receive fn look() { x } }
print(message("s", "look")) // expect: 1
set x = 2
print(message("s", "look")) // expect: 2

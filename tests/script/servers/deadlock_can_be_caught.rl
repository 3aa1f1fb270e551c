server a { receive fn x() { message("b", "y") } receive fn z() { 1 } }
server b { receive fn y() { try { message("a", "z") } catch e { "caught " + e.kind } } }
print(message("a", "x")) // expect: caught deadlock

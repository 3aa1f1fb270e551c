server a { receive fn x() { message("a", "z") } receive fn z() { 1 } }
print(try { message("a", "x") } catch e { e.error }) // expect: deadlock: a.x -> a.z

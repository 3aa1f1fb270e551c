server a { receive fn go() { message("b", "go") } receive fn end() { 1 } }
server b { receive fn go() { message("c", "go") } }
server c { receive fn go() { message("a", "end") } }
print(try { message("a", "go") } catch e { e.error }) // expect: deadlock: a.go -> b.go -> c.go -> a.end

fn depth(n) { if n == 0 { 0 } else { [n].map(fn (x) { depth(x - 1) + 1 }).get(0) } }
print(depth(1000)) // expect: 1000
fn forever(n) { [n].map(fn (x) { forever(x + 1) }) }
print(try { forever(0) } catch e { e.error }) // expect: stack overflow

// The depth limit is 10,000 calls; past it comes an error, never a crash.
fn down(n) { if n == 0 { 0 } else { 1 + down(n - 1) } }
print(down(9000)) // expect: 9000
fn forever(n) { forever(n + 1) + 1 }
print(try { forever(0) } catch e { e.error + "|" + e.kind }) // expect: stack overflow|limit
print(down(9000)) // expect: 9000

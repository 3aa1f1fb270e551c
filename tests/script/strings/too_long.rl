// A string over 64 MiB is refused as a limit.
set s = "0123456789abcdef".repeat(65536)
print(s.length()) // expect: 1048576
print(try { s.repeat(65) } catch e { e.kind }) // expect: limit

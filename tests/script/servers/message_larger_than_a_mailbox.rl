// A message that no mailbox could ever take is too large, which is something else than a full mailbox.
server s { receive fn take(x) { x.length() } }
set big = range(3000000)
print(try { message("s", "take", big) } catch e { e.kind }) // expect: too_large
print(message("s", "take", [1, 2])) // expect: 2

// flags: -mailbox 5
// A full mailbox is an error at the caller of notify.
server slow { receive fn nap() { sleep(0.2) } }
set refused = try { for i in range(20) { notify("slow", "nap") }
  "all accepted" } catch e { e.kind }
print(refused) // expect: overloaded

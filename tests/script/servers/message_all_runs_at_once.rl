server a { receive fn nap() { sleep(0.4) } }
server b { receive fn nap() { sleep(0.4) } }
server c { receive fn nap() { sleep(0.4) } }
server d { receive fn nap() { sleep(0.4) } }
set begin = now()
message_all([a, b, c, d].map(fn (s) { {server: s, method: "nap"} }))
print(now() - begin < 1.5) // expect: true

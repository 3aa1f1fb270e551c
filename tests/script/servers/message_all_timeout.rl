server slow { receive fn nap() { sleep(30) } receive fn hi() { "hi" } }
set r = message_all([{server: "slow", method: "nap", timeout: 0.1}, {server: "slow", method: "hi"}])
print(r[0].error.kind, r[1].ok) // expect: timeout hi

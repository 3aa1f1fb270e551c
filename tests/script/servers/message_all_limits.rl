set e = try { message_all(range(10001).map(fn (i) { {server: "s", method: "f"} })) } catch e { e }
print(e.kind) // expect: limit
server s { receive fn f() { 1 } }
print(message_all(range(1000).map(fn (i) { {server: "s", method: "f"} })).length()) // expect: 1000

// Two callers that meet: exactly one of the calls fails.
server a { receive fn x() { sleep(0.2)
  message("b", "z") } receive fn z() { "az" } }
server b { receive fn x() { sleep(0.2)
  message("a", "z") } receive fn z() { "bz" } }
set r = message_all([{server: "a", method: "x"}, {server: "b", method: "x"}])
print(r.filter(fn (x) { x.has("error") }).map(fn (x) { x.error.kind }), r.filter(fn (x) { x.has("ok") }).length()) // expect: ["deadlock"] 1

server s { state { got: array = [] } receive fn put(x: any) { state.set("got", state.got.push(x)) } receive fn all() { state.got } }
print(notify_after(0.1, "s", "put", 2), notify_after(0.02, "s", "put", 1), message("s", "all")) // expect: nil nil []
while message("s", "all").length() < 2 { sleep(0.01) }
print(message("s", "all")) // expect: [1, 2]

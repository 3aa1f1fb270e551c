// Messages from one sender to one server are handled in the order sent.
server log { state { all: [number] = [] } receive fn add(n: number) { state.set("all", state.all.push(n)) } receive fn all() { state.all } }
server feeder { receive fn feed() { for i in range(500) { notify("log", "add", i) }
  message("log", "all") } }
print(message("feeder", "feed") == range(500)) // expect: true

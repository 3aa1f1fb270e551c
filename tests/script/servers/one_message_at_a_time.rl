// While a handler waits, its server handles nothing else.
server s { state { n: number = 0 } receive fn slow() { set seen = state.n
  sleep(0.1)
  state.set("n", seen + 1) } receive fn n() { state.n } }
message_all(range(3).map(fn (i) { {server: "s", method: "slow"} }))
print(message("s", "n")) // expect: 3

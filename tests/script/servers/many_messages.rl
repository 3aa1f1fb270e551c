server counter { state { n: number = 0 } receive fn add() { state.set("n", state.n + 1) } receive fn n() { state.n } }
for i in range(20000) { message("counter", "add") }
print(message("counter", "n")) // expect: 20000

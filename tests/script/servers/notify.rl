server log { state { all: [number] = [] } receive fn add(n: number) { state.set("all", state.all.push(n)) } receive fn show() { state.all } }
print(notify("log", "add", 0)) // expect: nil
for i in range(1, 5) { notify("log", "add", i) }
print(send "log" show {}) // expect: [0, 1, 2, 3, 4]

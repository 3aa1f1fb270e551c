fn run() {
    set total = 0
    for round in range(80) {
        set a = []
        for i in range(100000) { set a = a.push(i + round) }
        set total = total + a.map(fn (x) { x * 2 }).filter(fn (x) { x % 3 == 0 }).reduce(fn (sum, x) { sum + x }, 0)
    }
    total
}
print(run())

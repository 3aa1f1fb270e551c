fn run(n) {
    set composite = range(n).map(fn (_) { false })
    set count = 0
    for i in range(2, n) {
        if !composite[i] {
            set count = count + 1
            for j in range(i * i, n, i) { set composite = composite.set(j, true) }
        }
    }
    count
}
print(run(5000000))

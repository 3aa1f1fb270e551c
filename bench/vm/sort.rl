fn run() {
    set seed = 42
    set numbers = []
    for i in range(300000) {
        set seed = (seed * 16807) % 2147483647
        set numbers = numbers.push(seed)
    }
    set sorted = numbers.sort()
    set words = numbers.slice(0, 60000).map(fn (n) { "w" + string(n) }).sort()
    set pairs = numbers.slice(0, 60000).map(fn (n) { {key: n % 1000, n: n} }).sort_by(fn (p) { p.key })
    [sorted[0], sorted.last(), words[0], pairs[0].key, pairs.last().key]
}
print(run().join(" "))

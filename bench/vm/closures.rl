fn make_counter(step) {
    set count = 0
    fn () {
        set count = count + step
        count
    }
}
fn run() {
    set total = 0
    for i in range(1200000) {
        set counter = make_counter(i % 7)
        for j in range(10) { counter() }
        set total = total + counter()
    }
    total
}
print(run())

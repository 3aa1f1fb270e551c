fn run() {
    set sum = 0
    for i in range(60000000) { set sum = sum + i }
    sum
}
print(run())

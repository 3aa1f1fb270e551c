fn run() {
    set line = range(1000).map(string).join(",")
    set total = 0
    for i in range(5000) {
        for part in line.split(",") { set total = total + part.length() }
    }
    total
}
print(run())

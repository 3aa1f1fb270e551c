fn run() {
    set s = ""
    for i in range(1000000) { set s = s + `item ${i};` }
    s.length()
}
print(run())

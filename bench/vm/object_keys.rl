fn run() {
    set o = {}
    for i in range(200000) { set o = o.set("key" + string(i % 50000), i) }
    set sum = 0
    for i in range(500000) { set sum = sum + o.get("key" + string(i % 50000)) }
    sum
}
print(run())

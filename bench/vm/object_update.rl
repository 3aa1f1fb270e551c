fn run() {
    set o = {count: 0, total: 0, name: "bench", last: nil}
    for i in range(15000000) {
        set o = o.set("count", o.count + 1)
        set o = o.set("total", o.total + o.count)
        set o = o.set("last", i)
    }
    o
}
set o = run()
print(o.count, o.total, o.last)

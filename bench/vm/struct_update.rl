struct Point { x: number, y: number, label: string }
fn run() {
    set p = Point{x: 0, y: 0, label: "p"}
    for i in range(15000000) {
        set p = p.set("x", p.x + 1)
        set p = p.set("y", p.y + p.x)
    }
    p
}
set p = run()
print(p.x, p.y)

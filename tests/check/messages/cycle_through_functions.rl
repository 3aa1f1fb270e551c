// runs
fn ask() { message("a", "z") } // warning 20: deadlock: a.x -> b.y -> a.z
server a {
    receive fn x() { [1].map(fn (n) { to_b() + n }) }
    receive fn z() { 1 }
    fn to_b() { message("b", "y") }
}
server b { receive fn y() { ask() } }

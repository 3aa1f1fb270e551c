print(later(2), Point{x: 1}, message("late", "hi")) // expect: 4 Point{x: 1} hi
fn later(x) { twice(x) }
fn twice(x) { x * 2 }
struct Point { x: number }
server late { receive fn hi() { "hi" } }

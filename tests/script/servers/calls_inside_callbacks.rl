// A handler may wait inside a callback of map, filter or sort_by.
server doubler { receive fn double(n: number) -> number { n * 2 } }
server user {
  receive fn all(items: [number]) {
    items.map(fn (x) { message("doubler", "double", x) }).filter(fn (x) { message("doubler", "double", x) > 6 })
  }
  receive fn sorted(items: [number]) { items.sort_by(fn (x) { -message("doubler", "double", x) }) }
}
print(message("user", "all", [1, 2, 3]), message("user", "sorted", [1, 3, 2])) // expect: [4, 6] [3, 2, 1]

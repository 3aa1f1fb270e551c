server s {
  state { sum: number = 0 }
  receive fn add_all(xs: [number]) -> number { xs.each(fn (x) { add(x) })
    state.sum }
  receive fn twice(n: number) { [n, n].each(fn (x) { state.update("sum", fn (old) { old + x }) })
    state }
  fn add(x) { state.set("sum", state.sum + x) }
}
print(message("s", "add_all", [1, 2, 3]), message("s", "twice", 2)) // expect: 6 {sum: 10}

server s {
  state { a: number = 1, b: [string] = ["x"], c: string }
  receive fn go() {
    set given = state.set("a", 5)
    set updated = state.update("a", fn (old) { old * 2 })
    [given, updated, state.a, state.get("b"), state.c, state]
  }
}
print(message("s", "go")) // expect: [5, 10, 10, ["x"], nil, {a: 10, b: ["x"], c: nil}]

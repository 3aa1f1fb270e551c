// `state` alone is the state as it stands now; later changes leave it as it was.
server s {
  state { n: number = 1, list: [number] = [1] }
  receive fn go() {
    set before = state
    state.set("n", 2)
    state.set("list", state.list.push(2))
    [before, state, type(before)]
  }
}
print(message("s", "go")) // expect: [{n: 1, list: [1]}, {n: 2, list: [1, 2]}, "object"]

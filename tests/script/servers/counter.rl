server counter {
  state { count: number = 0 }
  receive fn increment(by: optional(number)) -> number {
    state.set("count", state.get("count") + (by ?? 1))
    state.get("count")
  }
  receive fn get_count() -> number { state.count }
}
print(send "counter" increment {}, send "counter" increment {by: 5}) // expect: 1 6
print(message("counter", "increment", 4), message("counter", "get_count")) // expect: 10 10

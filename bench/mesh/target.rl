server counter {
    state { count: number = 0 }

    receive fn increment(by: optional(number)) -> number {
        state.set("count", state.count + (by ?? 1))
        state.count
    }

    receive fn echo(value) { value }
}

// A handler stopped by its deadline leaves no trace, and cannot catch it.
server slow {
  state { n: number = 0 }
  receive fn nap() { state.set("n", 1)
    try { sleep(30) } catch e { state.set("n", 2) }
    1 }
  receive fn n() { state.n }
}
print(try { send "slow" nap {} within 0.2 } catch e { e.kind }) // expect: timeout
print(send "slow" n {}) // expect: 0

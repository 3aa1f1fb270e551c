server bank {
  state { balance: number = 10, log: [string] = [] }
  receive fn withdraw(n: number) -> number {
    state.set("balance", state.balance - n)
    state.set("log", state.log.push("out"))
    if state.balance < 0 { throw {error: "insufficient funds"} }
    state.balance
  }
  receive fn show() { [state.balance, state.log] }
}
print(try { message("bank", "withdraw", 50) } catch e { e.error }) // expect: insufficient funds
print(message("bank", "show"), message("bank", "withdraw", 4), message("bank", "show")) // expect: [10, []] 6 [6, ["out"]]

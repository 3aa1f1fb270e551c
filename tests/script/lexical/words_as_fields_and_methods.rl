// Any word may name a struct field, a state field or a method.
struct Odd { in: number, struct: string }
print(Odd{in: 1, struct: "s"}.struct) // expect: s
server words {
  state { if: number = 3, state: string = "st" }
  receive fn send() { state.if }
  receive fn set(value: string) { state.set("state", value); state.state }
}
print(message("words", "send"), send "words" set {value: "new"}) // expect: 3 new

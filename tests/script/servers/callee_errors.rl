// A failure arrives at the caller with the callee's message and kind, a thrown value as it was thrown.
server s {
  receive fn divide(n: number) { 1 / n }
  receive fn refuse() { throw {error: "gone", id: 4} }
  receive fn plain() { throw "plain" }
}
print(try { message("s", "divide", 0) } catch e { e.error + "|" + e.kind }) // expect: division by zero|arithmetic
print(try { message("s", "refuse") } catch e { e }, try { send "s" plain {} } catch e { e }) // expect: {error: "gone", id: 4} plain

// Defaults that fail fail the message that needs them.
set zero = 0
server s { state { n: number = 1 / zero } receive fn n() { state.n } }
print(try { message("s", "n") } catch e { e.error }) // expect: division by zero
set zero = 2
print(message("s", "n")) // expect: 0.5

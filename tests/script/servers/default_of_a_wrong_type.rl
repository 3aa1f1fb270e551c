server s { state { n: number = "x" } receive fn n() { state.n } }
print(try { message("s", "n") } catch e { e.error }) // expect: state field 'n' of server 's' must be number, got string

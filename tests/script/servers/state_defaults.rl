// The server evaluates its defaults itself, when it starts.
set base = 20
fn double(x) { x * 2 }
server s { state { n: number = double(base) + 2, at: datetime = now() } receive fn n() { [state.n, type(state.at)] } }
print(message("s", "n")) // expect: [42, "datetime"]

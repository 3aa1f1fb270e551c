// `state` is a keyword only inside a server.
set state = {get: 1, n: 2}
fn f(state) { state.n }
print(state.n, f({n: 5})) // expect: 2 5

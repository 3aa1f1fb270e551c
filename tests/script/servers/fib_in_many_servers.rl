// Servers run concurrently; each keeps its own state.
fn fib(n) { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
server a { receive fn fib_of(n: number) { fib(n) } }
server b { receive fn fib_of(n: number) { fib(n) } }
set r = message_all([{server: a, method: "fib_of", args: [18]}, {server: b, method: "fib_of", args: [17]}])
print(r) // expect: [{ok: 2584}, {ok: 1597}]

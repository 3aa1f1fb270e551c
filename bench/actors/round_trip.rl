// Messages that wait for their answer, from one server to one other, and from eight to one. Prints calls a second as JSON.

server target {
    state { count: number = 0 }
    receive fn add(by: number) -> number { state.set("count", state.count + by) }
}

fn calls(n) {
    for i in range(n) { message("target", "add", 1) }
}

server a { receive fn run(n: number) { calls(n) } }
server b { receive fn run(n: number) { calls(n) } }
server c { receive fn run(n: number) { calls(n) } }
server d { receive fn run(n: number) { calls(n) } }
server e { receive fn run(n: number) { calls(n) } }
server f { receive fn run(n: number) { calls(n) } }
server g { receive fn run(n: number) { calls(n) } }
server h { receive fn run(n: number) { calls(n) } }

set n = 200000
set begin = now()
message("a", "run", n)
set one = n / (now() - begin)

set runs = ["a", "b", "c", "d", "e", "f", "g", "h"].map(fn (name) { {server: name, method: "run", args: [n / 8]} })
set begin = now()
message_all(runs)
set eight = n / (now() - begin)
print(json_encode({one: one, eight: eight}))

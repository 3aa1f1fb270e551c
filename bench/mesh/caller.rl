// usage: caller.rl NODE CALLS BYTES     BYTES 0: increments, else an echo of a string of that length
//
// Calls NODE's counter one at a time and 64 at once, and prints what it took as JSON.

set node = args()[0]
set calls = number(args()[1])
set bytes = number(args()[2])

set target = node + ".counter"
set method = if bytes == 0 { "increment" } else { "echo" }
set arguments = if bytes == 0 { [] } else { ["x".repeat(bytes)] }
set together = range(64).map(fn (i) { {server: target, method: method, args: arguments} })

fn is_reached() { try { message(target, "increment"); true } catch e { false } }
for i in range(1000) {
    if is_reached() { break }
    sleep(0.01)
}

set took = []
set begin = now()
for i in range(calls) {
    set at = now()
    if bytes == 0 { message(target, method) } else { message(target, method, arguments[0]) }
    set took = took.push(now() - at)
}
set one = calls / (now() - begin)

set rounds = (calls / 16).floor()
set begin = now()
for i in range(rounds) { message_all(together) }
set end = now()
set many = rounds * 64 / (end - begin)

set took = took.sort()
fn at_percent(p) { took[(took.length() * p / 100).floor()] * 1000000 }
print(json_encode({one: one, many: many, p50: at_percent(50), p99: at_percent(99), many_calls: rounds * 64, many_begin: begin - 1970-01-01, many_end: end - 1970-01-01}))

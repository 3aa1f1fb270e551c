// All at once, answered in order, each with its value or its error.
server s {
  receive fn wait(seconds: number, v: any) { sleep(seconds)
    v }
  receive fn fail() { throw "no" }
}
server t { receive fn add(a: number, b: number) { a + b } }
set r = message_all([
  {server: "s", method: "wait", args: [0.1, "slow"]},
  {server: "t", method: "add", args: [1, 2]},
  {server: "s", method: "fail"},
  {server: "nobody", method: "x"},
  {server: t, method: "add", args: [1]}
])
print(r.slice(0, 3)) // expect: [{ok: "slow"}, {ok: 3}, {error: "no"}]
print(r[3].error.kind, r[4].error.kind, message_all([])) // expect: server_not_found invalid_params []

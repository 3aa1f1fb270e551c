// The error of a part is what catch would bind.
server s { receive fn divide(n: number) { 1 / n } }
set r = message_all([{server: "s", method: "divide", args: [0]}, {server: "s", method: "nope"}])
print(r[0].error.error, r[0].error.kind, r[0].has("ok")) // expect: division by zero arithmetic false
print(r[1].error.error) // expect: method 'nope' not found on server 's'

// What JSON has no word for.
struct P { a: number }
server s { receive fn f() { 1 } }
fn named() { 1 }
print(json_encode([P{a: 1}, 2024-01-01, named, s, nil])) // expect: [{"_type":"P","a":1},"2024-01-01T00:00:00Z","<function: named>","<server: s>",null]
print(json_encode({"a b": "\u0001\"", n: 1e21})) // expect: {"a b":"\u0001\"","n":1e+21}

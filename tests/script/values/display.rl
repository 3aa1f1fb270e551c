// How each type is shown: bare in print, with escapes inside a value.
struct P { name: string, age: optional(number) }
fn named() { 1 }
server shop { receive fn f() { 1 } }
print(nil, true, false, 1.5, "text") // expect: nil true false 1.5 text
print(["text", nil, "a\"b\\c\n"]) // expect: ["text", nil, "a\"b\\c\n"]
print({name: "x", "odd key": 1, "": 2, "1a": 3, if: 4}) // expect: {name: "x", "odd key": 1, "": 2, "1a": 3, if: 4}
print(P{name: "x"}, [P{name: "y", age: 2}]) // expect: P{name: "x", age: nil} [P{name: "y", age: 2}]
print(named, fn () { 1 }, print, shop) // expect: <function: named> <function: lambda> <function: print> <server: shop>
print([], {}, [[]], {a: {}}) // expect: [] {} [[]] {a: {}}
print(2024-01-01T12:00:00Z, [2024-01-01]) // expect: 2024-01-01T12:00:00Z [2024-01-01T00:00:00Z]

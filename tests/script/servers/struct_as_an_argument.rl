// Structs, datetimes, handles and functions cross as what they are.
struct P { a: number }
server s { receive fn f(p: P, d: datetime, h: server, g: function) { [p, d.year(), h, g(2), type(p)] } }
print(message("s", "f", P{a: 1}, 2024-01-01, s, fn (x) { x * 2 })) // expect: [P{a: 1}, 2024, <server: s>, 4, "P"]

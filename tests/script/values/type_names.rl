// type() gives the name of the type, for a struct its own name.
struct P { a: number }
server s { receive fn f() { 1 } }
print(type(nil), type(true), type(1), type("s"), type([]), type({})) // expect: nil bool number string array object
print(type(2024-01-01), type(P{a: 1}), type(fn () { 1 }), type(len), type(s)) // expect: datetime P function function server

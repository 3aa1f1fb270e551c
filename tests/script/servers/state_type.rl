server s { state { a: number = 1 } receive fn f() { state.set("a", "x") } receive fn a() { state.a } }
print(try { message("s", "f") } catch e { e.error }) // expect: state field 'a' of server 's' must be number, got string
print(message("s", "a")) // expect: 1

server s { receive fn f(n: number, m: optional(number)) { [n, m] } }
fn said(f) { try { f() } catch e { e.kind } }
print(try { send "s" f {n: "x"} } catch e { e.error }) // expect: method 's.f': parameter 'n' must be number, got string
print(said(fn () { send "s" f {n: "x"} }), said(fn () { send "s" f {} }), said(fn () { send "s" f {n: 1, o: 2} })) // expect: invalid_params invalid_params invalid_params
print(said(fn () { message("s", "f") }), said(fn () { message("s", "f", 1, 2, 3) })) // expect: invalid_params invalid_params
print(message("s", "f", 1), send "s" f {m: 2, n: 1}) // expect: [1, nil] [1, 2]

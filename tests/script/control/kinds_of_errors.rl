fn kind(f) { try { f()
  "none" } catch e { e.kind } }
print(kind(fn () { 1 + "x" }), kind(fn () { nope }), kind(fn () { [1].get(4) }), kind(fn () { 1 / 0 })) // expect: type name range arithmetic
print(kind(fn () { env("HOME") }), kind(fn () { message("nobody", "x") })) // expect: denied server_not_found

// A true value passes, a false one raises; the message is any value.
print(assert(1 < 2), assert("text", "not shown")) // expect: nil nil
fn error_of(f) { try { f(); "passed" } catch e { e.kind + ": " + e.error } }
print(error_of(fn () { assert(1 > 2) })) // expect: value: assertion failed
print(error_of(fn () { assert(nil, "there is no user") })) // expect: value: assertion failed: there is no user
print(error_of(fn () { assert(0, {id: 3}) })) // expect: value: assertion failed: {id: 3}

// It gives what was thrown, as `catch` binds it, and raises when nothing was.
print(assert_throws(fn () { throw {code: 7} })) // expect: {code: 7}
print(assert_throws(fn () { 1 / 0 }).error) // expect: division by zero
server s { receive fn fail() { throw "from the server" } }
print(assert_throws(fn () { send "s" fail {} })) // expect: from the server
fn error_of(f) { try { f(); "passed" } catch e { e.kind + ": " + e.error } }
print(error_of(fn () { assert_throws(fn () { [1, 2] }) })) // expect: value: nothing was thrown: the function gave [1, 2]
print(error_of(fn () { assert_throws(3) })) // expect: type: function 'assert_throws': argument 1 must be function, got number
fn quiet() { 5 }
assert_throws(quiet)
// expect error: assert_throws.rl:10:1

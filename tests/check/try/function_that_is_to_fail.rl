// runs
fn fails() { 1 / 0 } // warning 14: division by zero
server s { receive fn g() { nope() } } // warning 29: undefined function: nope
server t { receive fn g() { message("s", "g") } }
print(try { fails() } catch e { e.error })
print(try { message("t", "g") } catch e { e.error })
test "it fails" { assert_throws(fails) }

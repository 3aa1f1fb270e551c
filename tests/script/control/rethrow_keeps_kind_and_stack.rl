fn inner() { 1 / 0 }
fn outer() { try { inner() } catch e { throw e } }
print(try { outer() } catch e { e.kind }) // expect: arithmetic
outer()
// expect error: division by zero
// expect error: rethrow_keeps_kind_and_stack.rl:1:
// expect error: at inner (

// After `throw` a line break means nothing; after `return` it ends the expression.
print(try { throw
  "late" } catch e { e }) // expect: late
fn f() { return
  5 }
print(f()) // expect: nil

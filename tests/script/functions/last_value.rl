// A function gives its last expression; an empty one nil.
fn empty() {}
fn last() { 1
  "two" }
fn assigns() { set x = 7 }
fn loops() { for x in [1] { x } }
print(empty(), last(), assigns(), loops()) // expect: nil two 7 nil

// A set inside a function makes a local, whatever the program has.
set x = 10
fn shadow() { set x = 20
  x }
print(shadow(), x) // expect: 20 10
[1].each(fn (v) { set x = 30 })
print(x) // expect: 10

// A parameter can be set; neither the caller's variable nor the program's changes.
set x = 1
fn f(x) { set x = x + 1
  x }
print(f(x), x) // expect: 2 1

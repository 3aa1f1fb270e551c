set x = 1
fn f(x) { set x = x + 1
  x }
print(f(5), x) // expect: 6 1

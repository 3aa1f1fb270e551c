set r = {
  for i in range(5) { if i == 2 { return "early" } }
  "late"
}
print(r) // expect: early
fn f() { set x = { return 1 }
  x + 1 }
print(f()) // expect: 2

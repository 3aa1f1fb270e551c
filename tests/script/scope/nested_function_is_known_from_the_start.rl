fn f() {
  set r = helper(3)
  fn helper(x) { x + 1 }
  r
}
print(f()) // expect: 4

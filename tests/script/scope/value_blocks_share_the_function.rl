fn f() {
  set r = { set inside = 2; inside * 2 }
  r + inside
}
print(f()) // expect: 6

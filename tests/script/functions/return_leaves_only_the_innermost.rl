fn f() {
  [1, 2].each(fn (x) { return x })
  "after"
}
print(f()) // expect: after

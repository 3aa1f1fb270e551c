fn f() {
  print("a")
// expect error: missing_brace.rl

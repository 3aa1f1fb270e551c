server s {
  receive fn f() { 1 }
  receive fn f() { 2 }
}
// expect error: duplicate_method.rl:3

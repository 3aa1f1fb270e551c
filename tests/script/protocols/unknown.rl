server s implements Nothing { receive fn f() { 1 } }
// expect error: Nothing
// expect error: unknown.rl:1

for x in 5 { print(x) }
// expect error: for_over_something_else.rl:1

fn f(a, b, a) { a }
// expect error: duplicate_parameter.rl:1:12

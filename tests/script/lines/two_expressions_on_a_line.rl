set x = 1 print(x)
// expect error: two_expressions_on_a_line.rl:1:11

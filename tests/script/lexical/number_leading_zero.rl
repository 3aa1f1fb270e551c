print(007)
// expect error: number_leading_zero.rl:1:7

set n = 10
print(n / 0)
// expect error: division by zero
// expect error: division_by_zero_uncaught.rl:2:7

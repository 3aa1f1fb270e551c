// A number too large for a double is an error, not infinity.
print(1e400)
// expect error: number_too_large.rl:2:7

[1].upper()
// expect error: method 'upper' not supported for array
// expect error: unknown_method.rl:1

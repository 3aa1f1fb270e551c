print([1].lenght())
// expect error: method 'lenght' not supported for array
// expect error: did you mean `length`?

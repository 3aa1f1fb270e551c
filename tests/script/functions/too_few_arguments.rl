fn add(a, b) { a + b }
add(5)
// expect error: function 'add' expects 2 arguments, got 1
// expect error: too_few_arguments.rl:2

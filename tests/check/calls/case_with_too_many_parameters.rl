// not run
print(dispatch 1 { 1: fn (a, b) { a } }) // warning 23: function 'lambda' expects 2 arguments, got 1

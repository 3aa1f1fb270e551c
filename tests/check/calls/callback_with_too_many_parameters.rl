print([1].map(fn (value, index) { value + index }), [1].map(fn () { 0 }))
print([1].map(fn (a, b, c) { a })) // warning 15: function 'lambda' expects 3 arguments, got 2
// not run

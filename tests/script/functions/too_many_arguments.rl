fn add(a, b) { a + b }
add(1, 2, 3)
// expect error: function 'add' expects 2 arguments, got 3

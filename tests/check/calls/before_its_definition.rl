print(later(1)) // error 7: function 'later' expects 2 arguments, got 1
fn later(a, b) { a + b }

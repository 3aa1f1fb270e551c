fn add(a, b) { a + b }
print(add(1, 2, 3)) // error 7: function 'add' expects 2 arguments, got 3

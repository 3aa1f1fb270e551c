set twice = fn (n) { n * 2 }
print(twice(1, 2)) // error 7: function 'lambda' expects 1 argument, got 2

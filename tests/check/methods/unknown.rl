print([1, 2].lenght()) // error 14: method 'lenght' not supported for array // hint: did you mean `length`?

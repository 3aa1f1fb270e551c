print(len("abc"), len([1]), len({a: 1}))
print(len(5)) // error 11: function 'len': argument 1 must be string, array or object, got number

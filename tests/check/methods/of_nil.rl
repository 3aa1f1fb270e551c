set nothing = nil
print(nothing.length()) // error 15: method 'length' not supported for nil

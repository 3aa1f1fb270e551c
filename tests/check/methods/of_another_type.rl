set n = 5
print(n.push(1)) // error 9: method 'push' not supported for number

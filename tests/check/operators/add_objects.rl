set a = {x: 1}
print(a + {y: 2}) // error 9: cannot add object and object

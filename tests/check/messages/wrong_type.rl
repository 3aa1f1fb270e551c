server counter { receive fn add(by: number) { by } }
print(send counter add {by: "1"}) // error 29: method 'counter.add': parameter 'by' must be number, got string

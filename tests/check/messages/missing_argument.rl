server counter { receive fn add(by: number) { by } }
print(send counter add {}) // error 20: method 'counter.add': missing argument for parameter 'by'

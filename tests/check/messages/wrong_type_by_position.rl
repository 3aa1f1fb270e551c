server counter { receive fn add(by: number) { by } }
print(message("counter", :add, "1")) // error 32: method 'counter.add': parameter 'by' must be number, got string

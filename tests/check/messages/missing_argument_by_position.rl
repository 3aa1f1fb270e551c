server counter { receive fn add(by: number) { by } }
print(message(counter, "add")) // error 25: method 'counter.add': missing argument for parameter 'by'

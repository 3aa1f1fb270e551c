server counter { receive fn add(by: optional(number)) { by } }
print(message("counter", "add", 1, 2)) // error 27: method 'counter.add' expects 0 to 1 argument, got 2

fn greet(name, greeting: optional(string)) { `${greeting ?? "hi"} ${name}` }
print(greet("Ann"), greet("Ann", "hello"))
print(greet()) // error 7: function 'greet' expects 1 to 2 arguments, got 0

// Only optional parameters may be left out, and are then nil.
fn greet(name: string, greeting: optional(string), mark: optional(string)) { [greeting ?? "Hello", name, mark] }
print(greet("Ann"), greet("Ann", "Hi"), greet("Ann", nil, "!")) // expect: ["Hello", "Ann", nil] ["Hi", "Ann", nil] ["Hello", "Ann", "!"]
print(try { greet() } catch e { e.error }) // expect: function 'greet' expects 1 to 3 arguments, got 0
print(try { greet("a", "b", "c", "d") } catch e { e.error }) // expect: function 'greet' expects 1 to 3 arguments, got 4

set greeting = "hi"
fn greet(name) { greeting + " " + name }
set greeting = "hello"
print(greet("Ann")) // expect: hello Ann

print(fn (a, b) { a * b }(6, 7), (fn () { "called" })()) // expect: 42 called

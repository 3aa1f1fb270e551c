server s { receive fn f(a: number, b: optional(number)) { [a, b] } }
print(send "s" f {a: 1}, send "s" f {b: 2, a: 1}) // expect: [1, nil] [1, 2]
print(try { send "s" f {a: 1, c: 2} } catch e { e.error }) // expect: method 's.f' has no parameter 'c'
print(try { send "s" f {b: 1} } catch e { e.error }) // expect: method 's.f': missing argument for parameter 'a'
print(try { message("s", "f", 1, 2, 3) } catch e { e.error }) // expect: method 's.f' expects 1 to 2 arguments, got 3

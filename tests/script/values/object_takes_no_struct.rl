struct P { a: number }
fn f(o: object) { o.length() }
fn g(o: {string: number}) { o }
print(f({a: 1})) // expect: 1
print(try { f(P{a: 1}) } catch e { e.error }) // expect: function 'f': parameter 'o' must be object, got P
print(try { g(P{a: 1}) } catch e { e.kind }) // expect: type

// Iterators and generators by closures; flags; while with complex ends.
fn iterator(xs) {
    set i = 0
    {
        has_next: fn () { i < xs.length() },
        next: fn () { set v = xs[i]; set i = i + 1; v },
    }
}
set it = iterator(["a", "b"])
while it.has_next() { print(it.next()) }
fn take_while(xs, p) {
    set out = []
    for x in xs { if !p(x) { break }; set out = out.push(x) }
    out
}
print(take_while([1, 2, 9, 1], fn (x) { x < 5 }))
fn retry(times, f) {
    set n = 0
    while true {
        set n = n + 1
        try { return f(n) } catch e { if n >= times { throw e } }
    }
}
print(retry(3, fn (n) { if n < 3 { throw "no" }; `after ${n}` }))
fn curry(f) { fn (a) { fn (b) { f(a, b) } } }
print(curry(fn (a, b) { a - b })(5)(3))
fn pipe(fs) { fn (x) { fs.reduce(fn (v, f) { f(v) }, x) } }
print(pipe([fn (x) { x + 1 }, string, fn (s) { s + "!" }])(1))
set check = print
check("builtin as a value")
print([1, "2", true].map(string), ["1", "2"].map(number).sum(), [[1], [2, 3]].map(len))
fn validate(o) {
    set errors = []
    if type(o.name) != "string" { set errors = errors.push("name") }
    if type(o.age) != "number" || o.age < 0 { set errors = errors.push("age") }
    if errors { throw {error: "invalid", fields: errors} }
    o
}
print(validate({name: "a", age: 1}), try { validate({}) } catch e { e.fields })
set result = nil
for attempt in range(3) { try { set result = 10 / attempt; break } catch e { print(attempt, e.error) } }
print(result)

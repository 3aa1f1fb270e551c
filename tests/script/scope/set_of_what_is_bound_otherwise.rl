// A name that a function binds as a parameter, with `for`, `catch` or `fn` is its own wherever it sets it, also when a function
// around it binds the name too, and its closures see the change.
fn parameter(x) { fn (x) { set read = fn () { x }; set x = 2; [read(), x] } }
print(parameter(0)(1)) // expect: [2, 2]

fn loop() {
    set i = 0
    fn inner() { for i in [1] { set read = fn () { i }; set i = 5; print(read()) } }
    inner()
    i
}
print(loop())
// expect: 5
// expect: 0

fn before_the_loop() {
    set i = 0
    set inner = fn () { set i = 7; set read = fn () { i }; set i = 8; for i in [1] { nil }; [read(), i] }
    [inner(), i]
}
print(before_the_loop()) // expect: [[8, 1], 0]

fn caught() {
    set e = 0
    set inner = fn () { set e = 1; try { throw 2 } catch e { nil }; e }
    [inner(), e]
}
print(caught()) // expect: [2, 0]

fn function_name() {
    set g = 0
    set inner = fn () { set g = 1; fn g() { 2 }; g }
    [inner(), g]
}
print(function_name()) // expect: [1, 0]

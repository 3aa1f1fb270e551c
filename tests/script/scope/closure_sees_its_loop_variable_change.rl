// A closure made in a loop of top-level code shares the loop's variable of its turn, also when the variable is set behind it.
set fs = []
for i in range(3) {
    set fs = fs.push(fn () { i })
    set i = i + 10
}
print(fs.map(fn (f) { f() })) // expect: [10, 11, 12]
print(i)                      // expect: 12

set changed = []
for list in [[1], [2]] {
    set changed = changed.push(fn () { list })
    set list = list.push(0)
    set list = list + [9]
}
print(changed.map(fn (f) { f() })) // expect: [[1, 0, 9], [2, 0, 9]]

// Loops of one name share the variable; each turn of either makes a new one.
set seen = []
for k in ["a", "b"] {
    set seen = seen.push(fn () { k })
    for k, v in {x: 1, y: 2} { set seen = seen.push(fn () { `${k}${v}` }); set v = v * 2 }
    set seen = seen.push(fn () { k })
    set k = k + "!"
}
print(seen.map(fn (f) { f() })) // expect: ["a", "x2", "y!4", "y!", "b", "x2", "y!4", "y!"]

// The same as in a function.
fn in_a_function() {
    set seen = []
    for k in ["a", "b"] {
        set seen = seen.push(fn () { k })
        for k, v in {x: 1, y: 2} { set seen = seen.push(fn () { `${k}${v}` }); set v = v * 2 }
        set seen = seen.push(fn () { k })
        set k = k + "!"
    }
    seen.map(fn (f) { f() })
}
print(in_a_function()) // expect: ["a", "x2", "y!4", "y!", "b", "x2", "y!4", "y!"]

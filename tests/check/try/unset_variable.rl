// runs
fn f() {
    set text = try { x } catch e { e.error } // warning 22: undefined variable: x
    set x = 1
    text + `${x}`
}
print(f())

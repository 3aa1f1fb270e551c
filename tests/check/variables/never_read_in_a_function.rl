// runs
fn f(ignored) {
    set local = 1 // warning 9: variable 'local' is never read
    2
}
print(f(1))

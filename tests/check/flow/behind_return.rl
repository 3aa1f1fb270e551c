// runs
fn f() {
    return 1
    print("never") // warning 5: this is never reached
}
print(f())

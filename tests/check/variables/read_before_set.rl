fn f() {
    print(x) // error 11: undefined variable: x
    set x = 1
    x
}
print(f())

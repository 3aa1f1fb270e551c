server s {
    receive fn f() { helper() }
    fn helper() { 1 }
}
print(send s f {}, helper()) // error 20: undefined function: helper

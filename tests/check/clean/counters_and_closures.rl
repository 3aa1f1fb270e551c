fn make_counter() {
    set count = 0
    fn () { set count = count + 1; count }
}
set next = make_counter()
next()
print(next())

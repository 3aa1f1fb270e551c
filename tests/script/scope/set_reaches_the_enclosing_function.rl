// A set rebinds the variable of the nearest enclosing function that binds it.
fn make_counter(start) {
  set count = start
  fn () { set count = count + 1
    count }
}
set a = make_counter(10)
set b = make_counter(0)
print(a(), a(), b(), a()) // expect: 11 12 1 13
fn outer() {
  set n = 1
  fn middle() { fn inner() { set n = n + 1 }
    inner()
    inner() }
  middle()
  n
}
print(outer()) // expect: 3

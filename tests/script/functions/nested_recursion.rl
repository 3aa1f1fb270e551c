// A nested function can call itself and its siblings.
fn outer(n) {
  fn even(k) { if k == 0 { true } else { odd(k - 1) } }
  fn odd(k) { if k == 0 { false } else { even(k - 1) } }
  even(n)
}
print(outer(10), outer(7)) // expect: true false

fn fib(n) { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
fn even(n) { if n == 0 { true } else { odd(n - 1) } }
fn odd(n) { if n == 0 { false } else { even(n - 1) } }
print(fib(20), even(100), odd(100)) // expect: 6765 true false

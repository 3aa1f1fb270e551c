set len = 3
fn hash(x) { x + 1 }
fn f(print) { print * 2 }
print(len, hash(1), f(4)) // expect: 3 2 8

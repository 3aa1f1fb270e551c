// A semicolon separates and may end any expression.
set a = 1; set b = 2;
fn f() { set c = 3; c; }
print(a, b, f()); // expect: 1 2 3

// not run
fn f() { missing_a } // error 10: undefined variable: missing_a
server s { receive fn g() { missing_b() } } // error 29: undefined function: missing_b
print([missing_c], {a: missing_d}) // error 8: undefined variable: missing_c // error 24: undefined variable: missing_d

// It replaces the first, with a warning.
fn f() { 1 }
fn f() { 2 }
print(f()) // expect: 2
// expect warning: second_function_of_one_name.rl:3

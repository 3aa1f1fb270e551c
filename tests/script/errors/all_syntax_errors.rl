// All syntax errors of a file are reported, and no error that follows only from another.
set 5 = 1
fn good() { 1 }
set y = * 3
set z = [1, 2
set fine = 4
print("never")
// expect error: all_syntax_errors.rl:2:5
// expect error: all_syntax_errors.rl:4:9

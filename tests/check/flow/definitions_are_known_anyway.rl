print(f())
return
fn f() { 1 }

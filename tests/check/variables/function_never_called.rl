// runs
server s {
    receive fn f() { 1 }
    fn helper() { 2 } // warning 8: private method 'helper' is never called
}
fn outer() {
    fn inner() { 1 } // warning 8: function 'inner' is never called
    2
}
print(send s f {}, outer())

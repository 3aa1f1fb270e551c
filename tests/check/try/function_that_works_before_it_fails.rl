// not run
fn work(n) {
    print(n)
    1 / 0 // error 5: division by zero
}
fn uncaught() { 1 / 0 } // error 17: division by zero
fn maybe(n) { if n { nope } } // error 22: undefined variable: nope
try { work(1) } catch { }
try { uncaught() } catch { }
try { maybe(1) } catch { }
uncaught()
server a { receive fn x() { nope } receive fn y() { send a x {} } } // error 29: undefined variable: nope // warning 53: deadlock: a.y -> a.x

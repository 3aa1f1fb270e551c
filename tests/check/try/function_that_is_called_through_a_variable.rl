// not run
fn f() { 1 + "a" } // error 12: cannot add number and string
fn g() { 1 - "a" } // warning 12: cannot subtract number and string
fn run(h) { h() }
try { set k = f } catch { }
k()
try { set h = g; h() } catch { }
try { run(g) } catch { }

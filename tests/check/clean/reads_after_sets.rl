// Reads that some earlier set precedes.
fn f() { if false { set x = 1 } else { set x = 2 }; x }
print(f())
fn g() { for i in [1] { set y = i }; y }
print(g())
fn h() { while true { set z = 1; break }; z }
print(h())
set first = true
for i in range(3) { if !first { print(prev) }; set prev = i; set first = false }
fn later() { helper_value + 1 }
set helper_value = 41
print(later())
fn t() { try { set v = number("5") } catch { set v = 0 }; v }
print(t())
fn closure() { set show = fn () { name }; set name = "x"; show() }
print(closure())

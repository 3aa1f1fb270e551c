// Ways out of loops and functions that are no ends.
fn f(x) { while true { if x { return 1 }; set x = true } }
print(f(false))
fn g(x) { while true { for y in [1] { if y { break } }; break }; "after" }
print(g(1))
fn h(x) { if x { throw "a" } else { print("no") }; "end" }
print(h(false))
fn i(x) { dispatch x { 1: fn () { return "one" }, :default: fn () { throw "x" } }; "then" }
print(i(1))
fn k(x) { x ?? return "none"; x + 1 }
print(k(nil), k(1))
fn l() { try { throw 1 } catch { }; "ok" }
print(l())
while true { if now() > 2020-01-01 { break } }
print("done")

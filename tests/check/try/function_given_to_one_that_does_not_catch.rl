fn run(f) { f() }
fn first(f, g) { try { f() } catch { g() } }
fn handed_on(f) { try { f() } catch { run(f) } }
print(run(fn () { 1 + "x" })) // error 21: cannot add number and string
print(first(fn () { throw 1 }, fn () { nope })) // error 40: undefined variable: nope
print(handed_on(fn () { -"a" })) // error 25: cannot negate string

// runs
fn kind_of(f) { try { f() } catch e { e.kind } }
fn twice(f, g) { try { f() } catch { g() } }
fn later(f) { try { 1 } catch { nil }; fn () { try { f() } catch { nil } } }
print(kind_of(fn () { 1 + "x" }), kind_of(fn () { nope() })) // warning 25: cannot add number and string // warning 51: undefined function: nope
print(twice(fn () { nope }, fn () { 1 }), later(fn () { -"a" })()) // warning 21: undefined variable: nope // warning 57: cannot negate string

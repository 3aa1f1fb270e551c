// What counts as false.
struct P { a: number }
fn t(v) { if v { "t" } else { "f" } }
print(t(nil), t(false), t(0), t(-0), t(""), t([]), t({})) // expect: f f f f f f f
print(t(true), t(-1), t(0.1), t(" "), t("false"), t([nil]), t({a: nil})) // expect: t t t t t t t
print(t(1970-01-01), t(P{a: 0}), t(fn () { nil })) // expect: t t t
set nan = 1e308 * 10 - 1e308 * 10
print(!nan, nan && true) // expect: false true

// Values and functions as other languages call them.
for f in [fn () { null }, fn () { True }, fn () { undefined }, fn () { str(1) }] {
    print(try { f() } catch e { e.error })
}
// expect: undefined variable: null
// expect: undefined variable: True
// expect: undefined variable: undefined
// expect: undefined function: str
print(null)
// expect error: undefined variable: null
// expect error: did you mean `nil`?

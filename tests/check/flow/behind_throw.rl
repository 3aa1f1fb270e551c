fn f() {
    throw "no"
    1 // warning 5: this is never reached
}
try { f() } catch e { print(e) }

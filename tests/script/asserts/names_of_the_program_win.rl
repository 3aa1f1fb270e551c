// As with every builtin, a function of the program takes its place.
fn assert(x) { "mine: " + string(x) }
print(assert(false)) // expect: mine: false

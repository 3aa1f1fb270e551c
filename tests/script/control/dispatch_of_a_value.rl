// A case that is no function is the value itself; a function in a variable is called.
fn double(x) { x * 2 }
print(dispatch 4 { 4: double, :default: 0 }, dispatch "x" { "x": [1, 2] }) // expect: 8 [1, 2]
print(try { dispatch [1] { 1: 2 } } catch e { e.error }) // expect: no case for [1] in dispatch

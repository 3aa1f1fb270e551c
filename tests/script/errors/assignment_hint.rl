// An assignment without set says how it is written.
set x = 1
set o = {b: 1}
x = 2
o.b = 3
x += 1
// expect error: assignment_hint.rl:4
// expect error: set x = 
// expect error: assignment_hint.rl:5
// expect error: o.set("b", 
// expect error: assignment_hint.rl:6

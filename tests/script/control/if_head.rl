// A brace after a complete operand opens the body; in brackets a construct is meant.
struct P { a: number }
set p = P{a: 1}
if p == p { print("body") }
// expect: body
if (P{a: 1} == p) { print("construct") }
// expect: construct
if [P{a: 1}].includes(p)
{ print("next line") }
// expect: next line
for x in {a: 1} { print(x) }
// expect: a

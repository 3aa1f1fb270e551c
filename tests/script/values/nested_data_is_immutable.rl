// A change of the inner value leaves every other holder of it as it was.
set inner = {n: 1}
set outer = {a: inner, b: [inner, inner]}
set changed = outer.set("a", outer.a.set("n", 2))
print(inner, outer, changed) // expect: {n: 1} {a: {n: 1}, b: [{n: 1}, {n: 1}]} {a: {n: 2}, b: [{n: 1}, {n: 1}]}

// Each method that changes gives a new value; the old one stays.
set a = [1, 2]
set b = a.push(3)
set o = {x: 1}
set p = o.set("x", 2).set("y", 3)
print(a, b, o, p) // expect: [1, 2] [1, 2, 3] {x: 1} {x: 2, y: 3}

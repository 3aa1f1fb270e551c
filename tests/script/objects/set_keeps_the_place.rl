// A key that is set again keeps its place; a removed one that comes back stands last.
set o = {a: 1, b: 2, c: 3}
print(o.set("a", 9), o.remove("a").set("a", 1), o.merge({b: 5, d: 6})) // expect: {a: 9, b: 2, c: 3} {b: 2, c: 3, a: 1} {a: 1, b: 5, c: 3, d: 6}

// Keys keep the order in which they came; a removed key comes back at the end.
set o = {b: 1, a: 2, c: 3}
print(o.keys(), o.set("a", 9).keys(), o.remove("b").set("b", 0).keys()) // expect: ["b", "a", "c"] ["b", "a", "c"] ["a", "c", "b"]

set o = {a: 1, b: [2]}
print(o.keys(), o.values(), o.entries(), {}.entries(), object(o.entries()) == o) // expect: ["a", "b"] [1, [2]] [["a", 1], ["b", [2]]] [] true

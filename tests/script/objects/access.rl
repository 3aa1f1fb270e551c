set o = {name: "x", age: 3}
print(o.get("name"), o.name, o["age"], o.get("none"), o.none, o.has("age"), o.has("none"), o.length(), len(o)) // expect: x x 3 nil nil true false 2 2

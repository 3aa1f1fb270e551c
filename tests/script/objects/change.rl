set o = {name: "x"}
print(o.set("age", 3), o.set("name", "y"), o.remove("name"), o.remove("none"), o) // expect: {name: "x", age: 3} {name: "y"} {} {name: "x"} {name: "x"}
print(o.merge({age: 1, name: "z"}), {}.merge(o)) // expect: {name: "z", age: 1} {name: "x"}

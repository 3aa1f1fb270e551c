fn act(v) { dispatch v { :default: "default", 1: "one" } }
print(act(1), act(2)) // expect: one default

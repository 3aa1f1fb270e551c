// + adds numbers and joins strings or arrays.
print(1 + 2, "a" + "b", [1] + [2, 3], "" + "", [] + []) // expect: 3 ab [1, 2, 3]  []
print(try { "n: " + 1 } catch e { e.error + "|" + e.kind }) // expect: cannot add string and number|type
print(try { 1 + nil } catch e { e.error }) // expect: cannot add number and nil
print(try { {} + {} } catch e { e.error }) // expect: cannot add object and object

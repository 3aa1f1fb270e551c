// ! && and || give a bool, whatever they are given.
print(!0, !"x", !!"x", 1 && "x", 0 || "", "" || "y", nil && 1) // expect: true false true true false true false

// They act on the first equal element, and change nothing if there is none.
set a = [1, [2], 1]
print(a.remove(1), a.remove([2]), a.remove(7), a.remove_at(1)) // expect: [[2], 1] [1, 1] [1, [2], 1] [1, 1]
print(a.replace(1, "x"), a.replace([2], 2), a.replace(7, 8)) // expect: ["x", [2], 1] [1, 2, 1] [1, [2], 1]

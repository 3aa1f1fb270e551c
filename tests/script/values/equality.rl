// == compares by value, deeply; different types are unequal.
print([1, [2, {a: 3}]] == [1, [2, {a: 3}]], [1, 2] == [2, 1]) // expect: true false
print({a: 1, b: 2} == {b: 2, a: 1}, {a: 1} == {a: 1, b: nil}) // expect: true false
print(1 == "1", nil == false, 0 == false, "" == nil, 1 != "1") // expect: false false false false true
print(0 == -0, 2024-01-01 == 2024-01-01T00:00:00Z) // expect: true true

// Numbers, strings by code point, datetimes.
print(1 < 2, 2 <= 2, 3 > 4, 4 >= 4) // expect: true true false true
print("a" < "b", "Z" < "a", "ab" < "b", "é" > "z", "😀" > "中", "" < "a") // expect: true true true true true true
print(2024-01-01 < 2024-01-02, 2024-01-01 >= 2024-01-01) // expect: true true

// A reserved word is a key only if the colon touches it.
print({if: 1, "x": 2}.if) // expect: 1
set r = { if true { 3 } }
print(r) // expect: 3

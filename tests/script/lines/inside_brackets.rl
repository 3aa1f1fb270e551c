// Directly inside parentheses, arrays and objects line breaks mean nothing.
print(
  1
  ,
  [
    2
    -1
  ],
  {
    a: 3
    -1
  },
  (4
  -1)
) // expect: 1 [1] {a: 2} 3

fn f(x: nmber) { x }
print(f(1)) // expect: 1
// expect warning: nmber
// expect warning: did you mean `number`?

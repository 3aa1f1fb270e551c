// A line break may stand in the text and in the expression.
print(`one
two ${1 +
  1}`)
// expect: one
// expect: two 2

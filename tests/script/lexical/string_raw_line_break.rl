// A raw line break may stand in a string.
print("one
two")
// expect: one
// expect: two

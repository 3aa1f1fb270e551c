// A block inside brackets ends its expressions at line breaks again.
set r = [3, 4].map(fn (v) {
  set w = v
  -w
})
print(r, [{
  1
  -2
}]) // expect: [-3, -4] [-2]

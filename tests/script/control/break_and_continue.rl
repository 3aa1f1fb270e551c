set out = []
for x in range(10) {
  if x % 2 == 0 { continue }
  if x > 7 { break }
  set out = out.push(x)
}
print(out) // expect: [1, 3, 5, 7]
set seen = []
for x in range(3) { for y in range(3) {
  if y == 1 { continue }
  if x == 1 { break }
  set seen = seen.push([x, y]) } }
print(seen) // expect: [[0, 0], [0, 2], [2, 0], [2, 2]]

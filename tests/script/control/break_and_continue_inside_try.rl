set r = []
for i in range(5) {
  try {
    if i == 1 { continue }
    if i == 3 { break }
    set r = r.push(i)
  } catch e { nil }
}
print(r, try { throw "still works" } catch e { e }) // expect: [0, 2] still works

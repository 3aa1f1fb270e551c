fn outer() {
  try { throw "outer" } catch e {
    [1].each(fn (x) { try { throw "inner" } catch e { e } })
    e
  }
}
print(outer()) // expect: outer
try { throw "kept" } catch problem { nil }
print(problem) // expect: kept

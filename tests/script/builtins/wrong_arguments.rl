// The error names the builtin.
print(try { len() } catch e { e.error.contains("len") }, try { hash(5) } catch e { e.error.contains("hash") }) // expect: true true

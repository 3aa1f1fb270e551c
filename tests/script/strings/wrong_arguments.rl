print(try { "a".repeat("x") } catch e { e.error.contains("repeat") }, try { "a".split() } catch e { e.error.contains("split") }) // expect: true true

// The error names the method.
print(try { [1].map() } catch e { e.error.contains("map") }, try { [1].join(5) } catch e { e.error.contains("join") }) // expect: true true
print(try { [1].get("x") } catch e { e.error.contains("get") }, try { [1].map(5) } catch e { e.error.contains("map") }) // expect: true true

set r = try {
  try { 1 / 0 } catch e { throw {inner: e.kind} }
} catch e { e }
print(r) // expect: {inner: "arithmetic"}

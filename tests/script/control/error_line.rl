// A caught runtime error says its line.
set e = try {
  nope
} catch e { e }
print(e) // expect: {error: "undefined variable: nope", kind: "name", line: 3}

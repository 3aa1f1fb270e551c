// A runtime error arrives with message, kind and line.
try {
  1 / 0
} catch e { print(e) } // expect: {error: "division by zero", kind: "arithmetic", line: 3}

print(try { nope } catch e { e.error + "|" + e.kind }) // expect: undefined variable: nope|name
print(try { nope() } catch e { e.error + "|" + e.kind }) // expect: undefined function: nope|name

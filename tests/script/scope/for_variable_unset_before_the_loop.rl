print(try { i } catch e { e.error }) // expect: undefined variable: i
for i in [] { nil }
print(try { i } catch e { e.error }) // expect: undefined variable: i
for i in [7] { nil }
print(i) // expect: 7

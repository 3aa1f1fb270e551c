print(2024-02-28.add(86400), 2024-03-01.add(-1)) // expect: 2024-02-29T00:00:00Z 2024-02-29T23:59:59Z
print(2024-01-02 - 2024-01-01, 2024-01-01T00:00:01Z - 2024-01-01T00:00:03Z) // expect: 86400 -2
print(try { 2024-01-01 + 1 } catch e { e.error }) // expect: cannot add datetime and number

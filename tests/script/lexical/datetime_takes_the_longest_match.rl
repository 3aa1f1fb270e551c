// A datetime takes as much as it can; what is no datetime is arithmetic.
print(2024-01-01T10:00:00.123456789Z.format("SSS"), 2024-01-01.year()) // expect: 123 2024
print(2024-10-9, 2024 - 10 - 12) // expect: 2005 2002
print([2024-01-01, 2024-01-02].map(fn (d) { d.day() })) // expect: [1, 2]

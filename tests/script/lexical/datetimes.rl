// Datetime literals: a date, a time with offset, without one it is UTC.
print(2024-10-12) // expect: 2024-10-12T00:00:00Z
print(2024-10-12T08:30:15Z, 2024-10-12T08:30:15) // expect: 2024-10-12T08:30:15Z 2024-10-12T08:30:15Z
print(2024-10-12T08:00:00+02:00, 2024-10-12T23:30:00-01:00) // expect: 2024-10-12T06:00:00Z 2024-10-13T00:30:00Z
print(2024-10-12T08:00:00.25Z.format("ss.SSS")) // expect: 00.250
print(2024-1-1) // expect: 2022

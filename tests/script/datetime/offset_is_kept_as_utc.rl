set d = 2024-03-01T00:30:00+01:00
print(d, d.day(), d.month(), d.hour(), d.unix()) // expect: 2024-02-29T23:30:00Z 29 2 23 1709249400
print(d.add(0.5).to_iso(), d - 2024-02-29T23:29:00Z) // expect: 2024-02-29T23:30:00.5Z 60

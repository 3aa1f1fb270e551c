set d = 2024-01-31T12:30:45Z
print(d.year(), d.month(), d.day(), d.hour(), d.minute(), d.second(), d.unix()) // expect: 2024 1 31 12 30 45 1706704245
print(1970-01-01.unix(), 1969-12-31T23:59:59Z.unix(), 2000-02-29.day()) // expect: 0 -1 29

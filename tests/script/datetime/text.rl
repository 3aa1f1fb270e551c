set d = 2024-01-02T03:04:05Z
print(d.to_string(), d.to_iso(), d.toString() == d.to_string(), d.toISOString() == d.to_iso()) // expect: 2024-01-02T03:04:05Z 2024-01-02T03:04:05Z true true

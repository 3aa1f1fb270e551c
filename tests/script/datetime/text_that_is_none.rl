print(datetime("2024-01-01"), datetime("2024-01-01T10:00:00+02:00")) // expect: 2024-01-01T00:00:00Z 2024-01-01T08:00:00Z
print(try { datetime("soon") } catch e { e.kind }, try { datetime("2024-02-30") } catch e { e.kind }) // expect: value value

print(datetime("2024-02-01T00:00:00+01:00"), datetime("2024-02-01")) // expect: 2024-01-31T23:00:00Z 2024-02-01T00:00:00Z
print(try { datetime("tomorrow") } catch e { "refused" }, try { datetime("2024-13-01") } catch e { "refused" }) // expect: refused refused

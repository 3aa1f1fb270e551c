set d = 2024-01-02T03:04:05.678Z
print(d.format("YYYY-MM-DD HH:mm:ss"), d.format("DD.MM.YYYY"), d.format("HH:mm:ss.SSS"), d.format("")  + "|") // expect: 2024-01-02 03:04:05 02.01.2024 03:04:05.678 |

set day = 2024-01-01
print(day - 2023-01-01, day.add(60))
print(day + 60) // error 11: cannot add datetime and number

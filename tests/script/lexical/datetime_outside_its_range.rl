print(1600-01-01)
print(2300-01-01)
// expect error: datetime_outside_its_range.rl:1
// expect error: datetime_outside_its_range.rl:2

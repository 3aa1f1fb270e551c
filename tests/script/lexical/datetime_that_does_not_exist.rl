print(2024-02-30)
// expect error: datetime_that_does_not_exist.rl:1

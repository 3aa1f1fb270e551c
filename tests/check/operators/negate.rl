print(-"5") // error 7: cannot negate string

print(5.toString(), 2024-01-01.toISOString(), [1].length, "ab".length)

// args: one "two three" 3
print(args()) // expect: ["one", "two three", "3"]

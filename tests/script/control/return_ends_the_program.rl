print("first") // expect: first
if true { return }
print("never")

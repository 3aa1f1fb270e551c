// Space-separated, strings bare, one line; nil comes back.
print()
// expect:
print("a", 1, nil, ["s"], "") // expect: a 1 nil ["s"]
print(print("x"))
// expect: x
// expect: nil

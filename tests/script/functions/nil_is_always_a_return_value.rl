fn f() -> number { nil }
print(f()) // expect: nil

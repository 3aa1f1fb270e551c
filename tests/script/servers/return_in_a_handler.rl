server s { receive fn f(n: number) { if n > 1 { return "big" }
  "small" } }
print(message("s", "f", 2), message("s", "f", 1)) // expect: big small

set a = 3
  == 3
  && true
  || false
set b = nil
  ?? "default"
print(a, b) // expect: true default

// A line that begins with a binary operator other than - goes on with the one before.
set a = 1
  + 2
  * 3
set b = true
  && false
  || true
set c = nil
  ?? "default"
set d = 7
  % 4
  == 3
set e = 1
  < 2
print(a, b, c, d, e) // expect: 7 true default true true

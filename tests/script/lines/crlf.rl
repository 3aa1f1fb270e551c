// CRLF is a line break.
set a = 1
-5
print(a)
// expect: 1

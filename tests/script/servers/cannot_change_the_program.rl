set x = 1
server s { receive fn f() { set x = 5
  x } receive fn g() { x } }
print(message("s", "f"), x, message("s", "g")) // expect: 5 1 1

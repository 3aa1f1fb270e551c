server s { receive fn say(x: number) { print("in", x) } }
for i in range(2) { print("before", i)
  message("s", "say", i)
  print("after", i) }
// expect: before 0
// expect: in 0
// expect: after 0
// expect: before 1
// expect: in 1
// expect: after 1

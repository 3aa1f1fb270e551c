fn say(x) { print(x)
  x }
print(dispatch 2 { 1: say("one"), 2: say("two"), 3: say("three") })
// expect: two
// expect: two

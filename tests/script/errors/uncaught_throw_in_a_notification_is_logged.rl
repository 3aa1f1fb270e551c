server s { receive fn f() { throw "inside" } }
notify("s", "f")
sleep(0.05)
print("goes on") // expect: goes on
// expect warning: inside

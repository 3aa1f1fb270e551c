// A handler sees the variables as they stood when top-level code last sent, waited or ended.
server s { receive fn x() { x_now } }
set x_now = 1
notify("s", "x")
set x_now = 2
sleep(0.01)
print(message("s", "x")) // expect: 2

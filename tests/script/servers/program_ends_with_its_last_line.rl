// Handlers still running and messages still waiting are dropped.
server s { receive fn nap() { sleep(600)
  print("never") } }
notify("s", "nap")
notify("s", "nap")
print("end") // expect: end

server spin { receive fn go() { while true { range(100000).map(fn (x) { x }).sort() } } }
server quick { receive fn hi() { "hi" } }
notify("spin", "go")
print(message("quick", "hi")) // expect: hi

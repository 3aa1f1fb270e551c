set words = ["a", "b"]
set found = words.find(fn (w) { w == "b" })
if found != nil { print(found.upper()) }
print((found ?? "none").upper(), words.first().length())

server echo { receive fn back(v: any) { v } }
set a = range(200000)
print(message("echo", "back", a) == a) // expect: true
set deep = []
for i in range(100000) { set deep = [deep] }
print(message("echo", "back", deep) == deep) // expect: true

struct P { name: string, tags: [string] }
server echo { receive fn back(v: any) { v } }
set values = [nil, true, 1.5, "é", 2024-01-01, [1, [2]], {a: {b: 1}}, P{name: "x", tags: ["t"]}]
print(values.all(fn (v) { message("echo", "back", v) == v })) // expect: true
print(message("echo", "back", echo) == echo, type(message("echo", "back", P{name: "x", tags: []}))) // expect: true P

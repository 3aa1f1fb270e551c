set kind = dispatch args().length() { 0: "none", 1: fn (n) { `${n}` }, :default: fn () { "many" } }
set value = { set inner = 2; if inner > 1 { return 10 }; inner }
set checked = try { json_decode("{") } catch e { e.kind }
print(kind.upper(), value + 1, checked)
for key, content in {a: 1} { print(key.upper(), content + 1) }
for index, letter in "ab" { print(index + 1, letter.upper()) }
while false { print("never") }

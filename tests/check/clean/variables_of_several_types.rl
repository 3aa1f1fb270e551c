set x = 1
set x = "one"
print(x.upper(), type(x))
fn show(v) { if type(v) == "number" { v + 1 } else { v.upper() } }
print(show(1), show("a"))

set a = 1 + (set_it() ?? 0)
fn set_it() { set inner = 5 }
print(a) // expect: 6

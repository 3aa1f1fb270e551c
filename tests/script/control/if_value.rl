// if gives the value of the branch taken, nil if none.
fn sign(x) { if x > 0 { "+" } else if x < 0 { "-" } else { "0" } }
print(sign(5), sign(-5), sign(0), if false { 1 }, if true {}) // expect: + - 0 nil nil
set e = if 1 == 1 { {id: 3} } else { nil }
print(e) // expect: {id: 3}

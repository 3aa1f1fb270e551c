fn first() { set inner = 1; inner }
fn second() { inner } // error 15: undefined variable: inner
print(first(), second())

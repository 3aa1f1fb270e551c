if false { nope() }
fn never() { missing }
print("fine") // expect: fine

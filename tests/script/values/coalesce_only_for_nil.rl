// `??` looks at nil alone; its right side is evaluated only then.
fn loud() { print("evaluated")
  1 }
print(0 ?? loud(), "" ?? loud(), false ?? loud(), [] ?? loud()) // expect: 0  false []
print(nil ?? loud())
// expect: evaluated
// expect: 1
print(nil ?? nil ?? 3, {a: nil}.a ?? "absent") // expect: 3 absent

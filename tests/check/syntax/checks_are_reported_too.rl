// runs
fn f(a: nmber) { a } // warning 9: unknown type: nmber // hint: did you mean `number`?
print(f(1))

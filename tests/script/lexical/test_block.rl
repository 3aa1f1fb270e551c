// A test block is checked like all else, and not run with the program.
fn test(name) { name + "!" }
test "is left out" { print("never"); throw "never" }
print(test("a function of that name")) // expect: a function of that name!

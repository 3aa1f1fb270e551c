// After a definition no semicolon is needed on the same line.
fn one() { 1 } fn two() { 2 } struct P { a: number } server s { receive fn f() { 3 } } print(one() + two(), P{a: 4}.a, message("s", "f")) // expect: 3 4 3

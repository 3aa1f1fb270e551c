// A colon is punctuation where no expression may start.
set b = 2
print({a:b}, {a:1,b:2}) // expect: {a: 2} {a: 1, b: 2}
fn f(x:number)->number { x }
print(f(3)) // expect: 3

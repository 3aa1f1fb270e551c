struct P { a: number }
P{a: 1}.push(2)
// expect error: push

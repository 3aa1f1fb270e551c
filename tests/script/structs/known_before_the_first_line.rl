print(P{a: 1}) // expect: P{a: 1}
struct P { a: number }

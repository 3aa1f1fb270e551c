// What differs, and where: the first place inside arrays, objects and structs, the first character of strings.
fn difference(a, b) { try { assert_equal(a, b); "equal" } catch e { e.error } }
struct User { name: string, age: number }
print(difference({a: 1, b: [2]}, {b: [2], a: 1}), difference("x", "x")) // expect: equal equal
print(difference(3, 4)) // expect: not equal: 3 and 4
print(difference(3, "3")) // expect: not equal: 3 and "3"
print(difference([1, 2, 3], [1, 5, 4])) // expect: not equal at [1]: 2 and 5
print(difference([1, 2], [1, 2, 3])) // expect: not equal at [2]: nothing and 3
print(difference([1, [2]], [1])) // expect: not equal at [1]: [2] and nothing
print(difference({a: {b: [0, 1]}}, {a: {b: [0, 2]}})) // expect: not equal at .a.b[1]: 1 and 2
print(difference({a: 1, c: 2}, {a: 1})) // expect: not equal at .c: 2 and nothing
print(difference({a: 1}, {a: 1, "odd key": 2})) // expect: not equal at ["odd key"]: nothing and 2
print(difference({a: 1, b: 2}, {b: 2, c: 1})) // expect: not equal at .a: 1 and nothing
print(difference(User{name: "Ann", age: 3}, User{name: "Ann", age: 4})) // expect: not equal at .age: 3 and 4
print(difference(User{name: "Ann", age: 3}, {name: "Ann", age: 3})) // expect: not equal: User{name: "Ann", age: 3} and {name: "Ann", age: 3}
print(difference("My Post", "My post")) // expect: not equal, from character 3: "My Post" and "My post"
print(difference("grün", "grau")) // expect: not equal, from character 2: "grün" and "grau"
print(difference("äü", "äö")) // expect: not equal, from character 1: "äü" and "äö"
print(difference("abc", "ab")) // expect: not equal, from character 2: "abc" and "ab"
print(difference({t: "abc"}, {t: "abd"})) // expect: not equal at .t, from character 2: "abc" and "abd"

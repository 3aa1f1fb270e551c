// Long values are cut around the place, and that of a large one is found.
fn difference(a, b) { try { assert_equal(a, b); "equal" } catch e { e.error } }
set numbers = range(300000)
print(difference(numbers, range(300000))) // expect: equal
print(difference(numbers, numbers.set(299999, -1))) // expect: not equal at [299999]: 299999 and -1
set text = "abcdefghij".repeat(100000)
print(difference(text + "x", text + "y")) // expect: not equal, from character 1000000: ..."abcdefghijabcdefghijx" and ..."abcdefghijabcdefghijy"
print(difference("a" + text, "b" + text).length()) // expect: 204
set many = {}
for i in range(2000) { set many = many.set("k" + string(i), i) }
print(difference(many, many.set("k1999", [1]))) // expect: not equal at .k1999: 1999 and [1]
print(difference(many, many.set("new", 1))) // expect: not equal at .new: nothing and 1
set deep = 1
set other = 2
for i in range(100000) { set deep = [deep]; set other = [other] }
print(difference(deep, other).starts_with("not equal at [0][0][0]")) // expect: true

for c in "hé😀" { print(c) }
// expect: h
// expect: é
// expect: 😀
for i, c in "é!" { print(i, c) }
// expect: 0 é
// expect: 1 !

// The levels of the operators, and that each groups from the left.
print(2 + 3 * 4, (2 + 3) * 4, 10 - 2 - 3, 100 / 10 / 5, 7 % 4 * 2) // expect: 14 20 5 2 6
print(1 + 2 == 3 && 2 < 1 || true, !true == false, -2 * -3, -2.pow(2)) // expect: true true 6 -4
print(1 < 2 == true, nil ?? 1 + 1, false || nil ?? "d") // expect: true 2 false

print([1, 2].length, "abc".length, [1, 2].length()) // expect: 2 3 2

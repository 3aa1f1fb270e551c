print("a,b,,c".split(","), "abc".split("x"), "a--b--c".split("--")) // expect: ["a", "b", "", "c"] ["abc"] ["a", "b", "c"]
print("aXbX".replace("X", "-"), "aaa".replace("aa", "b"), "abc".replace("x", "y")) // expect: a-b- ba abc

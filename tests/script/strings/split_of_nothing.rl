print("abc".split(""), "".split(","), "".chars(), "x".pad_start(3), "x".pad_end(3, "ab") + "|") // expect: ["a", "b", "c"] [""] []   x xab|

print("ab".repeat(3), "ab".repeat(0) + "|", "añ😀".reverse(), "añ".chars(), "".chars()) // expect: ababab | 😀ña ["a", "ñ"] []

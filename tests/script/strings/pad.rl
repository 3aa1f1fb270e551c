print("7".pad_start(3, "0"), "7".pad_start(3) + "|", "7".pad_end(3, "ab"), "long".pad_start(2, "x")) // expect: 007   7| 7ab long

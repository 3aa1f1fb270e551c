for word in ["a", "b"] { print(word * 2) } // error 37: cannot multiply string and number

print("a b".split(" ").map(fn (w) { w.upper() }).upper()) // error 50: method 'upper' not supported for array

print("a,b".split()) // error 13: method 'split' of string expects 1 argument, got 0

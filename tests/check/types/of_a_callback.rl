print(["a", "b"].map(fn (word) { word - 1 })) // error 39: cannot subtract string and number

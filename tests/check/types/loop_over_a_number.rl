for i in 5 { print(i) } // error 10: for needs an array, an object, a string or a range, got number

print(len()) // error 7: function 'len' expects 1 argument, got 0

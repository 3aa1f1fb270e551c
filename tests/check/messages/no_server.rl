print(message(5, "add")) // error 15: function 'message': argument 1 must be server or string, got number

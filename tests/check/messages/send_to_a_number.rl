print(send (5) add {}) // error 13: send needs a server or its name, got number

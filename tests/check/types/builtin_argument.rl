print(hash(5)) // error 12: function 'hash': argument 1 must be string, got number

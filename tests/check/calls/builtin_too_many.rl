print(uuid(1)) // error 7: function 'uuid' expects 0 arguments, got 1

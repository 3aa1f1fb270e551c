server counter { receive fn add() { 1 } }
print(send counter add ([1])) // error 25: send needs an object of arguments, got array

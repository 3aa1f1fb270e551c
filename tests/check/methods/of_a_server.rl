server counter { receive fn add() { 1 } }
print(counter.add()) // error 15: method 'add' not supported for server // hint: `send counter add {...}` sends it a message

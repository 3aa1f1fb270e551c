server counter { receive fn add() { bump() } fn bump() { 1 } }
print(message("counter", "bump")) // error 27: method 'bump' not found on server 'counter' // hint: it lacks `receive`, so only the server itself can call it

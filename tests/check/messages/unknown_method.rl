server counter { receive fn add() { 1 } }
print(send counter ad {}) // error 20: method 'ad' not found on server 'counter' // hint: did you mean `add`?

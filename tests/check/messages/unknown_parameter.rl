server counter { receive fn add(amount: number) { amount } }
print(send counter add {amonut: 1}) // error 25: method 'counter.add' has no parameter 'amonut' // hint: did you mean `amount`?

fn total(prices: {string: number}) { prices.values().sum() }
set price = "2"
print(total({a: "1", a: 1}))
print(total({a: 1, b: price})) // error 13: function 'total': parameter 'prices' must be {string: number}, got object

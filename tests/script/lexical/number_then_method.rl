// A dot belongs to a number only if a digit follows.
print(9.sqrt(), 1.5.floor(), 2.pow(3), 5.to_string() + "!") // expect: 3 1 8 5!

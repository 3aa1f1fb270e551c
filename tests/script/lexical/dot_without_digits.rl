// A dot belongs to a number only if a digit follows.
print(1.5.floor(), 2.floor(), .5 + .5, 1e2.floor(), [1, 2].get(1)) // expect: 1 2 1 100 2
print(3.
  floor()) // expect: 3

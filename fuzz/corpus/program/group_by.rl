// The keys are what string() makes of the callback's value.
print(range(5).group_by(fn (x) { if x % 2 == 0 { "even" } else { "odd" } }), [1, 2].group_by(fn (x) { x })) // expect: {even: [0, 2, 4], odd: [1, 3]} {"1": [1], "2": [2]}

struct Op { run: function }
print(Op{run: fn (a, b) { a * b }}.run(3, 4)) // expect: 12

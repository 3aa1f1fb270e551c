// Half away from zero.
print(0.5.round(), 1.5.round(), 2.5.round(), (-0.5).round(), (-2.5).round(), 2.675.round(1), 1234.5678.round(2)) // expect: 1 2 3 -1 -3 2.7 1234.57

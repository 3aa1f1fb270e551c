print(0.5.round(), 1.5.round(), (-0.5).round(), (-2.5).round(), 2.345.round(2), 1.005.round(2), 1234.5.round(-2)) // expect: 1 2 -1 -3 2.35 1.01 1200

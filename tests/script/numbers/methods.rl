print(3.7.round(), 3.14159.round(2), 3.7.floor(), 3.2.ceil(), (-3.5).floor(), (-3.5).ceil(), (-4).abs()) // expect: 4 3.14 3 4 -4 -3 4
print(16.sqrt(), 2.pow(10), 2.pow(-1), 3.min(2), 3.max(2), 4.is_integer(), 4.5.is_integer()) // expect: 4 1024 0.5 2 3 true false
print(5.to_string() + "!", 1.5.toString()) // expect: 5! 1.5

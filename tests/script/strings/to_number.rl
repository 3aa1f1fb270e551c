print("42".to_number(), "-3.5".to_number(), "1e3".to_number(), "x".to_number(), "".to_number(), "12x".to_number()) // expect: 42 -3.5 1000 nil nil nil
print("x".to_string(), "x".toString()) // expect: x x

set v = {a: [1, -2.5, 1e-7, 123456789.123, "é😀\t"], b: {c: nil, d: [[], {}]}, "": false}
print(json_decode(json_encode(v)) == v) // expect: true

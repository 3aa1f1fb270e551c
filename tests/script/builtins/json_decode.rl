print(json_decode("{\"x\": [1, {\"y\": null}], \"b\": true}")) // expect: {x: [1, {y: nil}], b: true}
print(json_decode(" \"t\\u00e9\" "), json_decode("-0.5e1"), json_decode("[]"), json_decode("null")) // expect: té -5 [] nil
print(json_decode("{\"b\":1,\"a\":2,\"b\":3}").b, json_decode("18446744073709551616")) // expect: 3 18446744073709552000

print("abc".includes("bc"), "abc".contains("x"), "abc".starts_with("ab"), "abc".ends_with("bc"), "abc".ends_with("ab")) // expect: true false true true false
print("abcb".index_of("b"), "abc".index_of("x"), "héé".index_of("é")) // expect: 1 -1 1

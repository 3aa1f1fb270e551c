print("abcdef".slice(2), "abcdef".slice(1, 3), "héllo".slice(1, 2), "abc".slice(1, 99), "abc".slice(5) + "|") // expect: cdef bc é bc |

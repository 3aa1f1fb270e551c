print("a😀b"[1], "a😀b".index_of("b"), "a😀b".slice(1, 2), "e\u0301".length()) // expect: 😀 2 😀 2
print(try { "abc"[3] } catch e { e.kind }, try { "abc"[0.5] } catch e { "refused" }) // expect: range refused

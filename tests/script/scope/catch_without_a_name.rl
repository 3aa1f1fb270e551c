print(try { throw 1 } catch { "caught" }) // expect: caught

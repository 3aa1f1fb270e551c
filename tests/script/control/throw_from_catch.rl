try { try { throw 1 } catch e { throw e + 1 } } catch f { print(f) } // expect: 2

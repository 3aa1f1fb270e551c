print(for x in [1] { x }, while false { 1 }, if false { 1 }) // expect: nil nil nil

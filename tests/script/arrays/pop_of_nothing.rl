print([1, 2].pop(), [].first(), [].last(), [].find(fn (x) { true }), [].min(), [].max(), [].sum()) // expect: [1] nil nil nil nil nil 0

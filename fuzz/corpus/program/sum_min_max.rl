print([1, 2, 3.5].sum(), [].sum(), [3, 1, 2].min(), [3, 1, 2].max(), [].min(), [].max()) // expect: 6.5 0 1 3 nil nil

print([1, 2].zip(["a", "b"]), ["a", "b", "c"].join("-"), [].join("-"), ["x"].join(", ")) // expect: [[1, "a"], [2, "b"]] a-b-c  x

print([1, 2].insert(2, 3), [1, 2].insert(0, 0), try { [1].insert(2, 1) } catch e { e.error }) // expect: [1, 2, 3] [0, 1, 2] array index out of bounds: index 2, length 1
print(try { [1].slice(-1) } catch e { "refused" }, [1, 2, 3].slice(1, 10), [1].slice(5)) // expect: refused [2, 3] []

print(len("héé"), len([1]), len({a: 1, b: 2}), len("")) // expect: 3 1 2 0
print(try { len(5) } catch e { e.error.contains("len") }) // expect: true

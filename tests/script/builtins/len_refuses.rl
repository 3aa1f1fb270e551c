print(len("héllo"), len([1]), len({a: 1}), try { len(5) } catch e { e.kind }) // expect: 5 1 1 type

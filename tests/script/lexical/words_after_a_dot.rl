// Any word may stand after a dot and as an object key.
set o = {if: 1, fn: 2, nil: 3, server: 4, state: 5, return: 6, true: 7}
print(o.if, o.fn, o.nil, o.server, o.state, o.return, o.true) // expect: 1 2 3 4 5 6 7
print(o) // expect: {if: 1, fn: 2, nil: 3, server: 4, state: 5, return: 6, true: 7}

// Outside a server, state is no keyword.
print(try { state } catch e { e.error }) // expect: undefined variable: state

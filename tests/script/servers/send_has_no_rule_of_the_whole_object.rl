// Unlike /rpc, send never takes the whole object for the one parameter.
server s { receive fn f(o: object) { o } }
print(send "s" f {o: {a: 1}}, try { send "s" f {a: 1} } catch e { e.kind }) // expect: {a: 1} invalid_params

print(try { message("nobody", "x") } catch e { e.kind }) // expect: server_not_found
send "nobody" x {}
// expect error: server 'nobody' not found
// expect error: unknown_server.rl:2

server ping { receive fn ping_other() -> string { "got " + send "pong" pong {} } }
server pong { receive fn pong() -> string { "pong" } }
print(send "ping" ping_other {}) // expect: got pong

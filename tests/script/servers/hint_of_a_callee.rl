// What an error says beside its sentence comes with it from another server.
server s { state { count: number = 0 } receive fn look() { state.cuont } }
server t { receive fn look() { send s look {} } }
send t look {} // expect error: did you mean `count`?

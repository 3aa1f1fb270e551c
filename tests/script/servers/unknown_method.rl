server s { receive fn increment() { 1 } }
print(try { send "s" incremnt {} } catch e { e.kind }) // expect: method_not_found
message("s", "incremnt")
// expect error: method 'incremnt' not found on server 's'

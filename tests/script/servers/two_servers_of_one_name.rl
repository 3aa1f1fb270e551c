server s { receive fn f() { 1 } }
server s { receive fn f() { 2 } }
// expect error: two_servers_of_one_name.rl:2

if true { server s { receive fn f() { 1 } } }
// expect error: only_at_top_level.rl:1

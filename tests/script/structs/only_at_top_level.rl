fn f() { struct P { a: number } }
// expect error: only_at_top_level.rl:1

// Reserved words cannot be names: one error for each line.
set if = 1
set true = 2
fn while() { 1 }
set import = 3
// expect error: reserved_words.rl:2
// expect error: reserved_words.rl:3
// expect error: reserved_words.rl:4
// expect error: reserved_words.rl:5

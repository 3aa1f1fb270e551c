server s { state { a: number = 1, a: number = 2 } }
// expect error: duplicate_state_field.rl:1

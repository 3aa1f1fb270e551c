break
// expect error: break_outside_a_loop.rl:1

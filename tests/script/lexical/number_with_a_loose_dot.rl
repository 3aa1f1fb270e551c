print(5. + 1)
// expect error: number_with_a_loose_dot.rl:1

set é = 1
// expect error: identifiers_are_ascii.rl:1:5

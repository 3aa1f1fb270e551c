throw "plain words"
// expect error: plain words
// expect error: uncaught_throw_of_a_value.rl:1

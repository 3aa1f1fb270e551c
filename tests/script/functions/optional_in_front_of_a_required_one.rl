// Optional parameters come last.
fn f(a: optional(number), b: number) { [a, b] }
// expect error: parameter 'b' follows the optional 'a'
// expect error: optional_in_front_of_a_required_one.rl:2:27

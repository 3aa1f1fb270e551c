// A failed assertion is an error like others: its place is that of the call, also inside a helper.
fn must_be_small(n) { assert(n < 10, "too large") }
must_be_small(3)
must_be_small(30)
// expect error: error: assertion failed: too large
// expect error: assert_points_at_its_line.rl:2:23
// expect error: at must_be_small

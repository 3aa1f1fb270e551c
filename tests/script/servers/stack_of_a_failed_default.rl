// An error in the defaults of a server stands in its `state`.
fn fails() { throw "no" }
server s { state { n: number = fails() } receive fn get() { state.n } }
message("s", "get")
// expect error: error: no
// expect error: at fails (
// expect error: at s.state (
// refuse: s.s.state

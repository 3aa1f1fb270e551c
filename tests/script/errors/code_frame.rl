// What, where and why: message, place, the line and what is meant.
fn increment(x) { x + 1 }
fn update() {
    incremnt(1)
}
update()
// expect error: error: undefined function: incremnt
// expect error: code_frame.rl:4:5
// expect error: 4 |     incremnt(1)
// expect error: |     ^^^^^^^^ did you mean `increment`?
// expect error: at update (
// expect error: code_frame.rl:4:5)

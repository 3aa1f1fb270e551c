// A name that a function sets is local in the whole function; the note says why.
set total = 5
fn f() {
  set seen = total
  set total = seen + 1
}
f()
// expect error: undefined variable: total
// expect error: local_from_its_start.rl:4:14
// expect error: note

fn inner() { throw {error: "Post not found", id: 3} }
fn outer() { inner() }
outer()
// expect error: error: Post not found
// expect error: at inner (
// expect error: at outer (

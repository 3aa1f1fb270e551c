// Not a doc comment.

/// A blog, kept in memory.
///
/// Posts are objects with `id`, `title` and `content`:
/// - they are never changed,
///   only replaced;
/// - `search` finds them.
///
/// ```
/// relay call blog_server.get_post 1
/// ```
server blog_server implements Readable {
    state {
        /// All posts, the oldest first.
        ///
        /// Never more than 1000.
        posts: [object] = [],
        next_id: number = (1),
        index: {string: [number]} = {one: [1, 2, 3], two: [4, 5, 6], three: [7, 8, 9], four: []}
    }

    /// One post.
    receive fn get_post(id: number) -> object { find(id) }
    receive fn search(text: string, most: optional(number), test: fn(object, number) -> bool, any: fn) { [] }

    /// Not part of what others see.
    fn find(id) { nil }
}

/// Who writes.
struct User {
    /// What it is called.
    name: string
    email: optional(string)
}

/// What can be read.
protocol Readable {
    /// By its number.
    get_post(id: number) -> object
}

/// Adds.
fn add(a: number, b) -> number { a + b }
set sub = fn (a, b) { a - b }
test "adds" { assert(true) }

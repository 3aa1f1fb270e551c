// A handler that only a message from outside calls may be one of many nodes.
server comments {
    receive fn add(post: number) { send "blog" get {id: post} }
    receive fn count() { helper() }
    fn helper() { message("blog", "count") }
}
print(try { send "nobody" ask {} } catch e { e.error })
print(message_all([{server: "nobody", method: "ask"}]))
test "nobody answers" {
    assert_equal(assert_throws(fn () { send "nobody" ask {} }).error, "server 'nobody' not found")
}

// Beside the place that differs, both values stand in notes.
assert_equal({id: 1, tags: ["a", "b"]}, {id: 1, tags: ["a", "c"]})
// expect error: error: not equal at .tags[1], from character 0: "b" and "c"
// expect error: assert_equal_shows_both.rl:2:1
// expect error: = note: left:  {id: 1, tags: ["a", "b"]}
// expect error: = note: right: {id: 1, tags: ["a", "c"]}

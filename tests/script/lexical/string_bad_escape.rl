print("a\qb")
// expect error: string_bad_escape.rl:1
// expect error: escape

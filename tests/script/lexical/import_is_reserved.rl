import "other.rl"
// expect error: import
// expect error: import_is_reserved.rl:1:1

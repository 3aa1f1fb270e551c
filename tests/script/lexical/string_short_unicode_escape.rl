print("\u12")
// expect error: string_short_unicode_escape.rl:1

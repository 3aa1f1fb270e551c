print("no end)
// expect error: unterminated

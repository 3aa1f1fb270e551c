print(`no end ${1}
// expect error: unterminated

fn bad(text) { try { json_decode(text)
  "accepted" } catch e { "refused" } }
print(bad("{bad"), bad(""), bad("1 2"), bad("[1,]"), bad("01"), bad("'a'"), bad("nul"), bad("\"\\ud800\""), bad("1e400")) // expect: refused refused refused refused refused refused refused refused refused

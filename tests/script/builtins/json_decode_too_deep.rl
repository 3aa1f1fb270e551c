// JSON nested beyond the limit is refused, not a crash.
set deep = "[".repeat(100000)
print(try { json_decode(deep) } catch e { "refused" }) // expect: refused

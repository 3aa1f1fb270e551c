// A block comment without an end is an error at its start, and nothing runs.
print("never")
   /* no end
// expect error: unterminated
// expect error: unterminated_block_comment.rl:3:4

print("never")
set = 3
// expect error: nothing_runs_when_the_text_is_wrong.rl:2:5

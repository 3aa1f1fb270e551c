// A stack shows its innermost calls and how many more there are.
fn deep(n) { if n == 0 { 1 / 0 } else { 1 + deep(n - 1) } }
deep(100)
// expect error: at deep
// expect error:   ... and 61 more calls

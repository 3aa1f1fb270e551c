// Behind ?? may stand a throw or a return.
fn need(v) { v ?? throw "missing" }
fn early(v) { set x = v ?? return "early"
  "got " + x }
print(need(1), try { need(nil) } catch e { e }) // expect: 1 missing
print(early("v"), early(nil)) // expect: got v early

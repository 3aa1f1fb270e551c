// if, for, while, try, catch and value blocks share the scope of their function.
fn f(flag) {
  if flag { set msg = "yes" } else { set msg = "no" }
  for i in [1, 2] { set last = i }
  while true { set once = "w"
    break }
  try { set tried = "t" } catch e { nil }
  set v = { set inner = "v"
    inner }
  msg + string(last) + once + tried + v + inner
}
print(f(true), f(false)) // expect: yes2wtvv no2wtvv

// The bodies of if, for, while and try are no value blocks: return leaves the function.
fn first_even(list) { for x in list { if x % 2 == 0 { return x } }
  nil }
fn count() { set n = 0
  while true { set n = n + 1
    if n > 4 { return n } } }
fn tried() { try { return "from try" } catch e { 1 }
  "after" }
fn caught() { try { throw 1 } catch e { return "from catch" }
  "after" }
print(first_even([1, 4, 6]), first_even([1]), count(), tried(), caught()) // expect: 4 nil 5 from try from catch

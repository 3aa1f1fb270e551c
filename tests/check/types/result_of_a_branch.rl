// not run
fn name(n) -> string {
    if n == 1 { "one" } else if n == 2 { 2 } else { n } // error 42: function 'name' must return string, got number
}
fn safe(n) -> string { try { name(n) } catch e { 0 } } // error 50: function 'safe' must return string, got number
print(safe(1))

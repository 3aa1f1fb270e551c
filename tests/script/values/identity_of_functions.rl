// Functions and servers are equal only to themselves.
fn f() { 1 }
set g = f
server s { receive fn m() { 1 } }
server t { receive fn m() { 1 } }
print(f == g, f == fn () { 1 }, s == s, s == t) // expect: true false true false

set p = print
print(print == print, [p, print, len, len].unique().length(), [len].index_of(len)) // expect: true 2 0

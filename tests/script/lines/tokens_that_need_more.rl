// After a token that needs more a line break means nothing.
set a =
  1 +
  2
fn f(
  x:
  number
) ->
  number
{
  x
}
set o = {a:
  1}
set total = 0
for x in
  [1, 2]
{
  set total = total + x
}
if total ==
  3
{ print(a, f(4), o, total) } // expect: 3 4 {a: 1} 3
set caught = try { throw
  "t" } catch e { e }
print(caught) // expect: t

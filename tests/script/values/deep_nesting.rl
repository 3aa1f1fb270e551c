// Neither printing nor comparing nor freeing recurses with the depth of a value.
set a = []
set b = []
for i in range(200000) { set a = [a]
  set b = [b] }
print(a == b, string(a).length()) // expect: true 400002
set o = {}
for i in range(200000) { set o = {o: o} }
print(o.keys()) // expect: ["o"]

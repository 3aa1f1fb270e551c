server s { receive fn f(n: number) { n } }
set limit = 5
print(send "s" f {n: 1} within limit, send "s" f {n: 2} within 2 * limit) // expect: 1 2

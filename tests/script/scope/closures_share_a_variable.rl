fn pair() {
  set n = 0
  {up: fn () { set n = n + 1 }, read: fn () { n }}
}
set p = pair()
p.up()
p.up()
print(p.read(), pair().read()) // expect: 2 0

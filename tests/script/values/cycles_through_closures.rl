// A closure that captures itself is collected.
fn once(k) {
  set loop = fn (n) { if n == 0 { k } else { loop(n - 1) } }
  loop(2)
}
set total = 0
for i in range(50000) { set total = total + once(1) }
print(total) // expect: 50000

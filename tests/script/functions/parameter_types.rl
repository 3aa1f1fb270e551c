// Each type name takes its values and refuses the others.
struct P { a: number }
server s { receive fn f() { 1 } }
fn takes(f, v) { try { f(v)
  "yes" } catch e { "no" } }
set values = [nil, true, 1, "s", 2024-01-01, [1], {a: 1}, P{a: 1}, fn () { 1 }, s]
fn row(f) { values.map(fn (v) { takes(f, v) }).join(" ") }
print(row(fn (v: nil) { 1 })) // expect: yes no no no no no no no no no
print(row(fn (v: bool) { 1 })) // expect: no yes no no no no no no no no
print(row(fn (v: number) { 1 })) // expect: no no yes no no no no no no no
print(row(fn (v: string) { 1 })) // expect: no no no yes no no no no no no
print(row(fn (v: datetime) { 1 })) // expect: no no no no yes no no no no no
print(row(fn (v: array) { 1 })) // expect: no no no no no yes no no no no
print(row(fn (v: object) { 1 })) // expect: no no no no no no yes no no no
print(row(fn (v: P) { 1 })) // expect: no no no no no no no yes no no
print(row(fn (v: function) { 1 })) // expect: no no no no no no no no yes no
print(row(fn (v: server) { 1 })) // expect: no no no no no no no no no yes
print(row(fn (v: any) { 1 })) // expect: yes yes yes yes yes yes yes yes yes yes
print(row(fn (v: optional(number)) { 1 })) // expect: yes no yes no no no no no no no
print(row(fn (v: fn(number) -> number) { 1 })) // expect: no no no no no no no no yes no

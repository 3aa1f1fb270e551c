// Names that hide others.
set x = 1
fn f() { set x = 2; x }
fn g(x) { set x = x + 1; x }
print(f(), g(5), x)
fn len(v) { "my len" }
print(len([1]))
set type = "kind"
print(type)
fn h(print) { print + 1 }
print(h(1))
for x in [10, 20] { }
print(x)
fn outer() { set n = 0; fn inner() { set n = n + 1; n }; inner(); inner(); n }
print(outer())

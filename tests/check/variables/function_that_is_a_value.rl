fn make() { fn inner() { 1 } }
set named = fn other() { 2 }
print(make()(), named())

fn outer() { fn hidden() { 1 }; hidden() }
print(outer(), hidden()) // error 16: undefined function: hidden

fn f() { state } // error 10: undefined variable: state
print(f())

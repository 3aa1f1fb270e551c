server s {
    state { names: [string] = [] }
    receive fn f() { state.names + 1 } // error 34: cannot add array and number
}
print(send s f {})

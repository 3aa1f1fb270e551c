server s {
    state { count: number = 0 }
    receive fn f() { state.set("count") } // error 28: method 'set' of state expects 2 arguments, got 1
}
print(send s f {})

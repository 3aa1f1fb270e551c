server s {
    state { count: number = 0 }
    receive fn f() { state.cuont } // error 28: server 's' has no state field 'cuont' // hint: did you mean `count`?
}
print(send s f {})

server s {
    state { count: number = 0 }
    receive fn f() { state.update("count", fn (old) { `${old}` }) } // error 44: state field 'count' of server 's' must be number, got string
}
print(send s f {})

server s {
    state { count: number = "0" } // error 29: state field 'count' of server 's' must be number, got string
    receive fn f() { state.count }
}
print(send s f {})

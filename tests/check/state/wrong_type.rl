server s {
    state { count: number = 0 }
    receive fn f() { state.set("count", "1") } // error 41: state field 'count' of server 's' must be number, got string
}
print(send s f {})

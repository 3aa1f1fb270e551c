server s {
    state { count: number = 0 }
    receive fn f() { state.set("coutn", 1) } // error 33: server 's' has no state field 'coutn' // hint: did you mean `count`?
}
print(send s f {})

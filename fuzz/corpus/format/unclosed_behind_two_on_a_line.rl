// The name of a state field that is not written in the program is looked up when it is used.
server s { state { count: number = 0 } receive fn look(k) { state.getd s look {k: "cuont"} // expect error: did you mean `count`?

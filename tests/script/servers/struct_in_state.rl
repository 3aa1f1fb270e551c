struct User { name: string }
server s { state { users: [User] = [] } receive fn add(u: User) { state.set("users", state.users.push(u)).length() } receive fn first() { state.users.first() } }
print(message("s", "add", User{name: "Ann"}), message("s", "first")) // expect: 1 User{name: "Ann"}
print(try { message("s", "add", {name: "Bob"}) } catch e { e.kind }) // expect: invalid_params

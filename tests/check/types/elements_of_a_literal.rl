struct User { name: string }
fn names(users: [User]) { users.map(fn (user) { user.name }) }
set ann = User{name: "Ann"}
print(names([ann, User{name: "Bob"}]))
print(names([ann, {name: "Bob"}])) // error 13: function 'names': parameter 'users' must be [User], got array

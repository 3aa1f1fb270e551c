// runs
struct User { name: string }
print(User{name: "Ann", name: "Bob"}) // warning 25: field 'name' is given twice

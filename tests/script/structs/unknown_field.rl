// An unknown field is reported before a missing one.
struct User { name: string, age: number }
User{name: "John", agee: 1}
// expect error: struct User has no field 'agee'

fn name(n) -> string {
    if n == 1 { return "one" }
    return 5 // error 12: function 'name' must return string, got number
}
print(name(1), name(2))

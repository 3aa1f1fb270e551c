fn f(n: optional(number)) { n ?? 0 }
print(f(nil), f(1))
print(f("1")) // error 9: function 'f': parameter 'n' must be optional(number), got string

// string() shows a value as print does.
print(string("a") + string(1.5) + string(nil) + string([1, "a"]) + string({k: "v"}) + string(true)) // expect: a1.5nil[1, "a"]{k: "v"}true

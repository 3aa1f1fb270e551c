server s { receive fn f() -> number { "x" } receive fn g() -> number { nil } }
print(try { message("s", "f") } catch e { e.kind }, message("s", "g")) // expect: type nil

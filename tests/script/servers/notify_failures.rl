// An unknown server is an error at the caller; a failing handler is logged and harms nobody.
server s { receive fn f() { throw "inside" } receive fn ok() { "ok" } }
print(try { notify("nobody", "x") } catch e { e.kind }) // expect: server_not_found
print(notify("s", "f"), message("s", "ok")) // expect: nil ok

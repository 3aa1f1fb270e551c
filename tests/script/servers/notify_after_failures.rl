print(try { notify_after(0.1, "nobody", "x") } catch e { e.kind }) // expect: server_not_found
print(try { notify_after("soon", "nobody", "x") } catch e { e.kind }) // expect: type
print(try { notify_after(-1, "nobody", "x") } catch e { e.kind }) // expect: range

// What a handler calls gets what is left of the handler's own time.
server inner { receive fn nap() { sleep(30) } receive fn hi() { "hi" } }
server outer { receive fn go() { message("inner", "nap") } }
print(try { send "outer" go {} within 0.2 } catch e { e.kind }, message("inner", "hi")) // expect: timeout hi

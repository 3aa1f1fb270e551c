server spin { receive fn go() { while true { nil } } receive fn hi() { "hi" } }
print(try { send "spin" go {} within 0.2 } catch e { e.kind }, message("spin", "hi")) // expect: timeout hi

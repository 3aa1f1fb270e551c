// not run
server counter { receive fn add() { 1 } }
print(send "countr" add {}) // warning 12: server 'countr' is not defined in this program // hint: did you mean `counter`?
print(send "node2.anything" add {}, send counter add {})

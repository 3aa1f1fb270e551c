server counter { receive fn add(by: number) { by } }
server other {
    receive fn add() { send "coutner" add {by: 1} } // warning 29: server 'coutner' is not defined in this program // hint: did you mean `counter`?
}

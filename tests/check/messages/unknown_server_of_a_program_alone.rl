// not run
print(send "nobody" ask {}) // warning 12: server 'nobody' is not defined in this program
fn ask() { message("anybody", "ask") } // warning 20: server 'anybody' is not defined in this program
server a {
    receive fn x() { notify("b", "y") }
}
server b {
    receive fn y() { helper() }
    fn helper() { send "elsewhere" z {} } // warning 24: server 'elsewhere' is not defined in this program
}
send a x {}

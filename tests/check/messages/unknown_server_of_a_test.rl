// not run
test "a server is asked" {
    send "nobody" ask {} // warning 10: server 'nobody' is not defined in this program
}

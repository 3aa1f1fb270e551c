protocol P { helper() }
server bad implements P { fn helper() { 1 } }
// expect error: server 'bad' does not implement helper of protocol P

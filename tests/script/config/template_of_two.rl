server a { receive fn home() { 1 } }
server b { receive fn home() { 2 } }
template "home.html" from home()
// expect error: home

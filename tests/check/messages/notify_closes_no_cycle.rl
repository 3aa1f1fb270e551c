server a { receive fn x() { send "b" y {} } receive fn z() { 1 } }
server b { receive fn y() { notify("a", "z") } }

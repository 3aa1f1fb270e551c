// runs
server a { receive fn x() { send "b" y {} } receive fn z() { 1 } }
server b { receive fn y() { send "a" z {} } } // warning 29: deadlock: a.x -> b.y -> a.z

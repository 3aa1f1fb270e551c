// runs
server a { receive fn x() { send a z {} } receive fn z() { 1 } } // warning 29: deadlock: a.x -> a.z

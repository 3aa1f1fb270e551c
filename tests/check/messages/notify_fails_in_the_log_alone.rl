// runs
server counter { receive fn add(by: number) { by } }
notify("counter", "add", "1") // warning 26: method 'counter.add': parameter 'by' must be number, got string

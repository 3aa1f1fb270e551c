// runs
server counter { receive fn add(by: number) { by } }
print(message_all([{server: counter, method: "ad", args: [1]}])) // warning 47: method 'ad' not found on server 'counter'

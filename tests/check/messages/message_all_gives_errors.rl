// runs
server counter { receive fn add(by: number) { by } }
set held = counter
print(message_all([{server: held, method: "ad"}])) // warning 44: method 'ad' not found on server 'counter'
print(message_all([{server: counter, method: "ad", args: [1]}])) // warning 47: method 'ad' not found on server 'counter'

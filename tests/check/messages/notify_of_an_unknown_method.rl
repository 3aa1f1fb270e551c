server counter { receive fn add(by: number) { by } }
notify("counter", "ad", 1) // error 20: method 'ad' not found on server 'counter'

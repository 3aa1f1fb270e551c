protocol Greeter { greet(name: string) -> string }
server bad implements Greeter { receive fn greet(name: string, loud: bool) -> string { name } }
// expect error: server 'bad' does not implement greet of protocol Greeter

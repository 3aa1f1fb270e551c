protocol Greeter { greet(name: string) -> string, bye() }
server bad implements Greeter { receive fn greet(name: string) -> string { name } }
print("never")
// expect error: server 'bad' does not implement bye of protocol Greeter

protocol Greeter { hello(name: string) -> string bye() }
server polite implements Greeter { // error 8: server 'polite' does not implement bye of protocol Greeter
    receive fn hello(name: string) -> string { `hello ${name}` }
}

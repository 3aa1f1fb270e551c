protocol Greeter { hello() }
server polite implements Greter { // error 26: undefined protocol: Greter // hint: did you mean `Greeter`?
    receive fn hello() { 1 }
}

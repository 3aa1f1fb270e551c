protocol Greeter { greet(name: string) -> string  bye() }
server ok implements Greeter {
  receive fn greet(name: string) -> string { "Hello " + name }
  receive fn bye() { "Bye" }
  receive fn more() { 1 }
}
print(send "ok" greet {name: "Ann"}, message("ok", "bye")) // expect: Hello Ann Bye

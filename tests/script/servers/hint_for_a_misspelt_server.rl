// A name that is near is named: of a server, of a method, and what a handler's own error says.
server alpha {
  state { count: number = 0 }
  receive fn increment() { 1 }
  receive fn look() { state.get("cuont") }
}
try { send "alpah" increment {} } catch e { print(e.error) } // expect: server 'alpah' not found
try { notify("alpha", "incremnt") } catch e { print(e.error) } // expect: method 'incremnt' not found on server 'alpha'
send "alhpa" increment {} // expect error: did you mean `alpha`?

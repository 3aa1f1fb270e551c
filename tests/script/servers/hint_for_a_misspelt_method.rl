// A method whose name is near is named where nobody catches the error.
server alpha { receive fn increment() { 1 } }
notify("alpha", "incremnt") // expect error: did you mean `increment`?

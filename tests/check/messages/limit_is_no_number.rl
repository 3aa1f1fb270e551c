server s { receive fn f() { 1 } }
print(send s f {} within :soon) // error 26: within needs a number of seconds, got string
// not run

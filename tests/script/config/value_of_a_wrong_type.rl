config { port: "many" }
print(1)
// expect error: port

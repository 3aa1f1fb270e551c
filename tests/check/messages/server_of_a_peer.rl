// not run
config { peers: ["localhost:8081"] }
print(send "blog" list {})

config { app_name: "demo", host: "127.0.0.1", port: 8080, node_id: "n1", peers: [], cors: "*", timeouts: {}, limits: {} }
print("fine") // expect: fine
// refuse: warning

config {
    port: "x", // error 11: config: `port`: expected a whole number from 0 to 65535, got "x"
    prot: 8080, // warning 5: unknown config key: prot // hint: did you mean `port`?
    peers: ["nowhere"], // error 12: config: `peers`: bad address 'nowhere': it has no port; write host:port
    timeouts: {cal: 5}, // warning 16: config: `timeouts` knows no `cal`
    limits: 3 // error 13: config: `limits` must be an object
}

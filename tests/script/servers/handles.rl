// A server's name reads as its handle; it is sent to by handle or by name.
server shop { receive fn hi(x: optional(string)) { "hi " + (x ?? "you") } }
set h = shop
print(shop, type(h)) // expect: <server: shop> server
print(message(shop, "hi"), message(h, "hi", "Ann"), send shop hi {}, send :shop hi {x: "Bob"}, send (h) hi {}) // expect: hi you hi Ann hi you hi Bob hi you
print(message_all([{server: h, method: "hi"}])) // expect: [{ok: "hi you"}]

// notify_after does not wait, and sends later.
server s { state { at: optional(datetime) } receive fn mark() { state.set("at", now()) } receive fn at() { state.at } }
set begin = now()
print(notify_after(0.1, "s", "mark"), message("s", "at")) // expect: nil nil
while message("s", "at") == nil { sleep(0.01) }
set waited = message("s", "at") - begin
print(waited >= 0.1, waited < 30) // expect: true true

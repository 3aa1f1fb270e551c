set o = {"odd key": 1}
print(o["odd key"], o["none"], try { o[1] } catch e { e.kind }) // expect: 1 nil type

server s { receive fn f() { throw {error: "gone", id: 4} } receive fn g() { 1 / 0 } }
server t { receive fn f() { try { message("s", "f") } catch e { throw e } } receive fn g() { message("s", "g") } }
print(try { message("t", "f") } catch e { e }) // expect: {error: "gone", id: 4}
print(try { message("t", "g") } catch e { e.error + "|" + e.kind }) // expect: division by zero|arithmetic

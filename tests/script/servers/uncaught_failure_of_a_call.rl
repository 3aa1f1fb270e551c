server s { receive fn f() { throw {error: "insufficient funds"} } }
message("s", "f")
// expect error: insufficient funds

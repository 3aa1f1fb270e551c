struct P { name: string, at: datetime }
fn f() { 1 }
server s { receive fn m() { 1 } }
set inf = 1e308 * 10
print(json_encode({a: [1, 2.5, nil, true], "b c": "q\"\n\u0001"})) // expect: {"a":[1,2.5,null,true],"b c":"q\"\n\u0001"}
print(json_encode(P{name: "x", at: 2024-01-01})) // expect: {"_type":"P","name":"x","at":"2024-01-01T00:00:00Z"}
print(json_encode([f, s, inf, -inf, inf - inf, 1e21, 0.1])) // expect: ["<function: f>","<server: s>",null,null,null,1e+21,0.1]
print(json_encode("text"), json_encode(nil), json_encode({}), json_encode([])) // expect: "text" null {} []

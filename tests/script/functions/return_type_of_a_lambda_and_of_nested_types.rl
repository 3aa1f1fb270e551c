fn names() -> [string] { ["a", 1] }
fn table() -> {string: [number]} { {a: [1], b: ["x"]} }
fn maybe(x) -> optional(number) { x }
print(try { names() } catch e { e.error }) // expect: function 'names' must return [string], got array
print(try { table() } catch e { e.kind }) // expect: type
print(maybe(nil), maybe(3), try { maybe("x") } catch e { e.kind }) // expect: nil 3 type

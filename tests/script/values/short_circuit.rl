// The right side is evaluated only where it counts.
fn boom() { throw "boom" }
print(false && boom(), true || boom(), 1 ?? boom()) // expect: false true 1
print(try { true && boom() } catch e { e }) // expect: boom

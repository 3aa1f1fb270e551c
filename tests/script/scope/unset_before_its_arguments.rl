// A variable that is not set is an error before what stands behind it is evaluated: left to right.
fn say(x) { print("evaluated"); x }
print(try { set a = a.push(say(1)) } catch e { e.error }) // expect: undefined variable: a
print(try { set b = b + say(1) } catch e { e.error })     // expect: undefined variable: b
print(try { set c = c + say(1) + 2 } catch e { e.error }) // expect: undefined variable: c
fn inside() {
    print(try { set d = d.push(say(1)) } catch x { x.error })
    print(try { set e = e + say(1) } catch x { x.error })
    print(try { f.push(say(1)); set f = 1 } catch x { x.error })
}
inside()
// expect: undefined variable: d
// expect: undefined variable: e
// expect: undefined variable: f
if false { set g = [] }
print(try { set g = g.push(say(1)) } catch e { e.error }) // expect: undefined variable: g
set h = []
while h.length() < 2 { set h = h.push(h.length()) }
print(h) // expect: [0, 1]
for x in [] { set i = [] }
set i = i.push(say(1)) // expect error: 21:9
// expect error: undefined variable: i

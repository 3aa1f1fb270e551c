// Pushing to a checked array stays cheap: this must not check from the start each time.
fn checked(log: [number]) -> [number] { log }
set log = []
for i in range(20000) { set log = checked(log.push(i)) }
print(log.length()) // expect: 20000
print(try { checked(log.push("x")) } catch e { "refused" }) // expect: refused

fn deep() { throw "deep" }
fn middle() { [1].map(fn (x) { deep() }) }
print(try { middle() } catch e { e }) // expect: deep

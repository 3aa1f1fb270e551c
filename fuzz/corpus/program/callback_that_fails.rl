print(try { [1, 2, 3].map(fn (x) { if x == 2 { throw "at " + string(x) }
  x }) } catch e { e }) // expect: at 2

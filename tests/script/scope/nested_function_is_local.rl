fn f() { fn hidden() { 1 }
  hidden() }
print(f(), try { hidden() } catch e { e.error }) // expect: 1 undefined function: hidden

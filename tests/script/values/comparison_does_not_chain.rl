print(try { 1 < 2 < 3 } catch e { e.error }) // expect: cannot compare bool and number
print(1 == 1 == true) // expect: true

try { nope } catch e { nil }
print("fine") // expect: fine
// refuse: error

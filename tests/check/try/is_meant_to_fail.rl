// runs
try { print(1 + "a") } catch e { print(e.error) } // warning 15: cannot add number and string

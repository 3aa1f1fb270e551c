// not run
set n = 0
while true { set n = n + 1 }
print(n) // warning 1: this is never reached

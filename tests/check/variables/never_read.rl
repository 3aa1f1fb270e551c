// runs
set used = 1
set unused = 2 // warning 5: variable 'unused' is never read
set _meant = 3
print(used)

set total = 0
fn count() { set total = total + 1 } // error 26: undefined variable: total
count()
print(total)

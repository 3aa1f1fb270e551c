fn make() { 5 }
print(make()(1)) // error 7: cannot call number

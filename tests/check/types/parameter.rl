fn double(n: number) { n * 2 }
print(double("2")) // error 14: function 'double': parameter 'n' must be number, got string

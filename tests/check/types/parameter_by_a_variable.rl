fn double(n: number) { n * 2 }
set text = "2"
print(double(text)) // error 14: function 'double': parameter 'n' must be number, got string

fn down(n: number) -> number { if n == 0 { 0 } else { down(n - 1, 2) } } // error 55: function 'down' expects 1 argument, got 2
print(down(3))

struct Shape { area: fn() -> number }
set shape = Shape{area: fn () { 4 }}
set tools = {twice: fn (n) { n * 2 }}
print(shape.area(), tools.twice(2))

fn find(n) -> string { if n == 1 { "one" } }
print(find(1), find(2))

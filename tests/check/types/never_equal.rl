// runs
set count = 1
print(count == "1") // warning 13: number and string are never equal
print(count == nil, count != 2, count.to_string() == "1", 1 == "1")

set n = 0
while true {
    for i in range(3) { if i == 1 { break } }
    if n > 2 { break }
    set n = n + 1
}
print(n)

for i in range(2) {
    if i == 1 { print(last) }
    set last = i
}

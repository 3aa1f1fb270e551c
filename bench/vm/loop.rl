fn run() {
    set sum = 0
    set i = 0
    while i < 40000000 {
        if i % 3 == 0 { set sum = sum + i } else { set sum = sum - 1 }
        set i = i + 1
    }
    sum
}
print(run())

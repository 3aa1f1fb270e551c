// runs
for i in range(3) {
    if i == 1 { break; print(i) } // warning 24: this is never reached
    print(i)
}

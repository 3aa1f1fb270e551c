// runs
fn sign(n) {
    if n < 0 { return -1 } else { return 1 }
    0 // warning 5: this is never reached
}
print(sign(2))

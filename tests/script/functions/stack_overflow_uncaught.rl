fn forever(n) { forever(n + 1) + 1 }
forever(0)
// expect error: stack overflow

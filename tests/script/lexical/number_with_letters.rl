// A number directly followed by a letter, a digit group or an underscore is an error.
print(42abc)
print(1_000)
print(0x10)
// expect error: number_with_letters.rl:2
// expect error: number_with_letters.rl:3
// expect error: number_with_letters.rl:4

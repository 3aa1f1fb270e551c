print("\ud800")
print("\ude00\ud83d")
// expect error: string_lone_surrogate.rl:1
// expect error: string_lone_surrogate.rl:2

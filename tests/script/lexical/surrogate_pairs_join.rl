print("\ud83d\ude00", "\ud83d\ude00".length(), "\ud83d\ude00" == "😀", `\ud83d\ude00`.length()) // expect: 😀 1 true 1

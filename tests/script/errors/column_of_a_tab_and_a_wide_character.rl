print("😀é", nope)
// expect error: column_of_a_tab_and_a_wide_character.rl:1:13
